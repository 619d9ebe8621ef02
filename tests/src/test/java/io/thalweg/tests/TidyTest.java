package io.thalweg.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what no tool checks: reserved names, task comments, package texts, links, script headers. */
class TidyTest {

    private static final Path ROOT = root();
    private static final Set<String> NOT_SOURCE = Set.of("target", ".git", ".idea", ".vscode");
    private static final Pattern RESERVED_NAME =
            Pattern.compile("\\w*(Util|Utils|Helper|Helpers|Manager|Common|Misc|Base|Impl)\\.java");
    private static final Pattern TASK_COMMENT =
            Pattern.compile("(//|\\*|#|<!--|--).*\\b(TO[D]O|FIX[M]E)\\b(?! \\(?#\\d+)");
    private static final Pattern PACKAGE_TEXT =
            Pattern.compile("/\\*\\*(.*?)\\*/\\s*@NullMarked\\s+package ", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    @Test
    void classesAreNamedAfterWhatTheyAre() {
        assertEquals(
                List.of(),
                offenders(
                        sources(),
                        file -> RESERVED_NAME
                                .matcher(file.getFileName().toString())
                                .matches()));
    }

    @Test
    void taskCommentsCarryAnIssueNumber() {
        assertEquals(
                List.of(),
                offenders(sources(), file -> TASK_COMMENT.matcher(text(file)).find()));
    }

    @Test
    void everyPackageHasATextAndIsNullMarked() {
        List<Path> folders = sources().stream()
                .filter(file -> relative(file).contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertEquals(List.of(), offenders(folders, folder -> !Files.exists(folder.resolve("package-info.java"))));
        assertEquals(
                List.of(),
                offenders(packageInfos(), file -> packageSentence(file).isEmpty()));
    }

    @Test
    void everyPackageTextIsItsOwn() {
        Map<String, List<String>> bySentence = new HashMap<>();
        for (Path file : packageInfos()) {
            bySentence
                    .computeIfAbsent(packageSentence(file), sentence -> new ArrayList<>())
                    .add(relative(file));
        }
        assertEquals(
                List.of(),
                bySentence.values().stream().filter(files -> files.size() > 1).toList());
    }

    @Test
    void linksInDocumentsResolve() {
        List<String> broken = new ArrayList<>();
        for (Path document : files(file -> file.getFileName().toString().endsWith(".md"))) {
            Matcher link = LINK.matcher(CODE_BLOCK.matcher(text(document)).replaceAll(""));
            while (link.find()) {
                if (!resolves(document, link.group(1))) {
                    broken.add(relative(document) + " -> " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void scriptsSayWhatTheyAreFor() {
        List<Path> scripts = files(TidyTest::isScript);
        assertFalse(scripts.isEmpty(), "no script found below " + ROOT);
        assertEquals(List.of(), offenders(scripts, file -> !startsWithAComment(file)));
    }

    /** Modules skip the dependency analysis only while they hold no code. */
    @Test
    void modulesWithCodeHaveTheirDependenciesAnalysed() {
        List<Path> poms = files(file -> file.getFileName().toString().equals("pom.xml"));
        assertEquals(List.of(), offenders(poms, pom -> text(pom).contains("<mdep.analyze.skip>") && hasCode(pom)));
    }

    private static boolean hasCode(Path pom) {
        return sources().stream()
                .anyMatch(file -> file.startsWith(pom.resolveSibling("src").resolve("main"))
                        && !file.endsWith("package-info.java"));
    }

    private static boolean isScript(Path file) {
        return file.getFileName().toString().endsWith(".sh")
                || Files.isExecutable(file) && text(file).startsWith("#!")
                || relative(file).matches(".*/src/test/resources/scripts/.*\\.test");
    }

    private static boolean startsWithAComment(Path file) {
        List<String> lines =
                text(file).lines().dropWhile(line -> line.startsWith("#!")).toList();
        return !lines.isEmpty() && lines.get(0).matches("(#|--) *\\p{Alnum}.{15,}");
    }

    /** The package's first sentence if it is one: a capital, five words or more, a full stop; otherwise empty. */
    private static String packageSentence(Path file) {
        Matcher matcher = PACKAGE_TEXT.matcher(text(file));
        if (!matcher.find()) {
            return "";
        }
        String sentence = matcher.group(1).replaceAll("\\s*\n\\s*\\*\\s?", " ").strip();
        boolean isSentence = sentence.matches("(?s)[\\p{Lu}{].*\\.(\\W.*)?") && sentence.split("\\s+").length >= 5;
        return isSentence ? sentence : "";
    }

    private static boolean resolves(Path document, String target) {
        if (target.matches("[a-z]+:.*") || target.startsWith("#")) {
            return true;
        }
        return Files.exists(document.resolveSibling(target.replaceFirst("#.*", "")));
    }

    private static List<Path> sources() {
        return files(file -> file.getFileName().toString().endsWith(".java"));
    }

    private static List<Path> packageInfos() {
        return files(file -> relative(file).contains("/src/main/java/") && file.endsWith("package-info.java"));
    }

    private static List<String> offenders(List<Path> files, Predicate<Path> offends) {
        return List.copyOf(new TreeSet<>(
                files.stream().filter(offends).map(TidyTest::relative).toList()));
    }

    /** The checkout's files that are no build output. */
    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_SOURCE.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && wanted.test(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.copyOf(new TreeSet<>(found));
    }

    private static String relative(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
