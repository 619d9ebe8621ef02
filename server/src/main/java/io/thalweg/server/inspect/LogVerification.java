package io.thalweg.server.inspect;

import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.inspect.Extent;
import io.thalweg.log.inspect.Finding;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.recovery.StoreLayout;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.config.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code thalweg log verify}: reads all of a data directory and says what is wrong with it. Changes nothing. */
public final class LogVerification {
    private final LogFileSystem files;
    private final PrintWriter out;

    public LogVerification(LogFileSystem files, PrintWriter out) {
        this.files = files;
        this.out = out;
    }

    /**
     * Prints what is found.
     *
     * @return whether everything acknowledged can be served
     * @throws ThalwegException if the directory cannot be checked: it is in use, or holds no log
     */
    public boolean run(Path directory) {
        StoreLayout layout = new StoreLayout(directory.toAbsolutePath().normalize());
        try {
            if (!files.exists(layout.log())) {
                throw new ThalwegException(ErrorCode.IO_ERROR, "directory " + directory + " holds no log")
                        .withHint("Name the directory that the server's option data names.");
            }
            LogVerifier verifier = new LogVerifier(files, layout.root());
            List<Finding> findings = new ArrayList<>(verifier.verify());
            StoredCatalog catalog = catalog(layout, findings);
            findings.forEach(finding -> print(finding, layout, catalog));
            return summarize(verifier.extent(), findings, catalog);
        } catch (ThalwegException failure) {
            throw failure.code() == ErrorCode.DIRECTORY_IN_USE
                    ? failure.withHint("Stop the server, or verify a copy of the directory.")
                    : failure;
        } catch (IOException failure) {
            throw new ThalwegException(
                    ErrorCode.IO_ERROR, "directory " + directory + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private StoredCatalog catalog(StoreLayout layout, List<Finding> findings) throws IOException {
        try {
            return StoredCatalog.read(files, layout);
        } catch (ThalwegException | IOException damaged) {
            findings.add(new Finding(Finding.Severity.DAMAGE, layout.log(), "catalog: " + damaged.getMessage()));
            return StoredCatalog.empty();
        }
    }

    private void print(Finding finding, StoreLayout layout, StoredCatalog catalog) {
        String severity = finding.severity() == Finding.Severity.DAMAGE ? "DAMAGE" : "note";
        out.printf(Locale.ROOT, "%-8s%s%s%n", severity, owner(finding.file(), layout, catalog), finding.message());
        out.printf(Locale.ROOT, "%-8s%s%n", "", layout.root().relativize(finding.file()));
    }

    /** Whose file it is, if the place of the file says that: {@code stream orders, partition 3: }. */
    private static String owner(Path file, StoreLayout layout, StoredCatalog catalog) {
        if (!file.startsWith(layout.log())) {
            return "";
        }
        Path place = layout.log().relativize(file);
        try {
            return place.getNameCount() < 2
                    ? ""
                    : catalog.title(Long.parseUnsignedLong(place.getName(0).toString(), 16)) + ", partition "
                            + place.getName(1) + ": ";
        } catch (NumberFormatException strange) {
            return "";
        }
    }

    private boolean summarize(Extent extent, List<Finding> findings, StoredCatalog catalog) {
        long damages = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
                .count();
        out.printf(
                Locale.ROOT,
                "read %,d objects, %,d partitions, %,d files, %,d frames, %,d rows, %s%n",
                catalog.size(),
                extent.partitions(),
                extent.segments(),
                extent.frames(),
                extent.rows(),
                ByteSize.roughly(extent.bytes()));
        if (damages == 0) {
            out.println(findings.isEmpty() ? "all is well" : "no damage: the next start puts right what the notes say");
        } else {
            out.printf(Locale.ROOT, "%,d damaged: rows that were acknowledged cannot be read%n", damages);
        }
        return damages == 0;
    }
}
