package io.thalweg.server.copy;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.CopyFile;
import io.thalweg.parser.ast.OptionAssignment;
import io.thalweg.server.format.CsvDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a COPY says about its file.
 *
 * @param header whether the first line of a CSV file has the names of the columns
 * @param quarantine whether a record that is no row is kept apart instead of ending the copy
 * @param overwrite whether a file that is there may be replaced
 */
public record CopyOptions(
        CopyFormat format,
        boolean compressed,
        boolean header,
        CsvDialect dialect,
        boolean quarantine,
        boolean overwrite) {
    private static final String FORMAT = "format";
    private static final String HEADER = "header";
    private static final String DELIMITER = "delimiter";
    private static final String QUOTE = "quote";
    private static final String NULL = "null";
    private static final String ON_ERROR = "on.error";
    private static final String OVERWRITE = "overwrite";

    private static final String ONE_CHARACTER = "one ASCII character, a delimiter also \\t";

    private static final List<String> OF_CSV = List.of(HEADER, DELIMITER, QUOTE, NULL);

    /** The checked options of COPY … FROM. */
    public static CopyOptions forReading(CopyFile file) {
        return of(file, List.of(FORMAT, HEADER, DELIMITER, QUOTE, NULL, ON_ERROR));
    }

    /** The checked options of COPY … TO. */
    public static CopyOptions forWriting(CopyFile file) {
        CopyOptions options = of(file, List.of(FORMAT, HEADER, DELIMITER, QUOTE, NULL, OVERWRITE));
        if (options.format() == CopyFormat.RAW) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE,
                            "raw is only read, since a value may have line breaks that nobody would know apart")
                    .at(file.span());
        }
        return options;
    }

    private static CopyOptions of(CopyFile file, List<String> known) {
        Map<String, OptionAssignment> said = new HashMap<>();
        for (OptionAssignment option : file.options()) {
            if (!known.contains(option.key())) {
                throw new ThalwegException(ErrorCode.UNDEFINED_OPTION, "COPY has no option " + option.key())
                        .at(option.span())
                        .withHint("Options: " + String.join(", ", known) + ".");
            }
            said.put(option.key(), option);
        }
        CopyFormat format = format(file, said.get(FORMAT));
        if (format != CopyFormat.CSV) {
            refuseCsvOptions(said, format);
        }
        if (format == CopyFormat.PARQUET && CopyFormat.isCompressed(file.name())) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE, "parquet is compressed within, and has no ending .gz")
                    .at(file.span());
        }
        boolean tabs = CopyFormat.ending(file.name()).equals("tsv");
        byte delimiter =
                value(said.get(DELIMITER), tabs ? (byte) '\t' : (byte) ',', CopyOptions::delimiter, ONE_CHARACTER);
        byte quote = value(said.get(QUOTE), (byte) '"', CopyOptions::character, ONE_CHARACTER);
        String nullText = value(said.get(NULL), "", CopyOptions::line, "a text on one line");
        if (delimiter == quote || nullText.indexOf(delimiter) >= 0 || nullText.indexOf(quote) >= 0) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE,
                            "delimiter and quote are different, and neither is in the text for NULL")
                    .at(file.span());
        }
        return new CopyOptions(
                format,
                CopyFormat.isCompressed(file.name()),
                value(said.get(HEADER), true, CopyOptions::truth, "true, false"),
                new CsvDialect(delimiter, quote, nullText),
                value(said.get(ON_ERROR), false, CopyOptions::quarantine, "fail, quarantine"),
                value(said.get(OVERWRITE), false, CopyOptions::truth, "true, false"));
    }

    private static CopyFormat format(CopyFile file, @Nullable OptionAssignment said) {
        if (said == null) {
            return CopyFormat.ofFile(file.name())
                    .orElseThrow(() -> new ThalwegException(
                                    ErrorCode.INVALID_DEFINITION, "the name of the file does not tell its format")
                            .at(file.span())
                            .withHint("Say it: WITH (format = 'csv'). Formats: " + CopyFormat.words() + "."));
        }
        return CopyFormat.named(said.value().text()).orElseThrow(() -> outside(said, CopyFormat.words()));
    }

    private static void refuseCsvOptions(Map<String, OptionAssignment> said, CopyFormat format) {
        for (String name : OF_CSV) {
            OptionAssignment option = said.get(name);
            if (option != null) {
                throw new ThalwegException(
                                ErrorCode.UNDEFINED_OPTION, "option " + name + " is for csv, not for " + format.word())
                        .at(option.span());
            }
        }
    }

    private static <T> T value(
            @Nullable OptionAssignment said, T otherwise, Function<String, Optional<T>> reader, String possible) {
        return said == null ? otherwise : reader.apply(said.value().text()).orElseThrow(() -> outside(said, possible));
    }

    private static ThalwegException outside(OptionAssignment said, String possible) {
        return new ThalwegException(
                        ErrorCode.OPTION_OUT_OF_RANGE,
                        "option " + said.key() + " cannot be " + said.value().text())
                .at(said.value().span())
                .withHint("Possible: " + possible + ".");
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> quarantine(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fail" -> Optional.of(false);
            case "quarantine" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    private static Optional<String> line(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Byte> delimiter(String text) {
        return text.equals("\\t")
                ? Optional.of((byte) '\t')
                : character(text).filter(c -> !Character.isLetterOrDigit(c));
    }

    private static Optional<Byte> character(String text) {
        boolean possible =
                text.length() == 1 && text.charAt(0) < 0x80 && text.charAt(0) != '\n' && text.charAt(0) != '\r';
        return possible ? Optional.of((byte) text.charAt(0)) : Optional.empty();
    }
}
