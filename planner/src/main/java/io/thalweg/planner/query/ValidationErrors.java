package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.function.FunctionCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlOperandCountRange;

/**
 * Calcite's messages in our words. A table of patterns, because Calcite tells its errors apart by their text only; what is
 * not in the table keeps its text and is an invalid query.
 */
final class ValidationErrors {
    private static final Set<String> RANDOM = Set.of("random", "rand", "gen_random_uuid", "newid");
    private static final List<Translation> TABLE = new ArrayList<>();

    static {
        add("Column '(.*)' not found in any table.*", ValidationErrors::undefinedColumn);
        add("Column '(.*)' not found in table '.*", ValidationErrors::undefinedColumn);
        add("Unknown (?:identifier|field) '(.*)'.*", ValidationErrors::undefinedColumn);
        add("Object '(.*)' not found.*", ValidationErrors::undefinedRelation);
        add(
                "Table '(.*)' not found.*",
                (m, names) -> error(
                        ErrorCode.UNDEFINED_OBJECT, "table or alias " + m.group(1) + " is not in the FROM clause"));
        add("No match found for function signature ([^(]*)\\((.*)\\)", ValidationErrors::undefinedFunction);
        add(
                "No match found for function signature (\\$LiteralChain)",
                (m, names) ->
                        error(ErrorCode.FEATURE_NOT_SUPPORTED, "a text literal in several parts is not supported"));
        add(
                "No match found for function signature ([^(]*)",
                (m, names) -> error(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "operator " + m.group(1).strip() + " is not supported"));
        add(
                "Function '(.*)' is not defined",
                (m, names) ->
                        error(ErrorCode.FEATURE_NOT_SUPPORTED, "function escape " + m.group(1) + " is not supported"));
        add(
                "Invalid number of arguments to function '(.*)'\\. Was expecting (.*) arguments?",
                (m, names) -> wrongArgumentCount(m.group(1)));
        add(
                "Cannot infer return type for (.*); operand types: \\[(.*)\\]",
                (m, names) -> error(
                        ErrorCode.DATATYPE_MISMATCH,
                        "the arguments of function " + functionName(m.group(1))
                                + " have types that do not go together: " + typeText(m.group(2))));
        add(
                "DISTINCT/ALL not allowed with (.*) function",
                (m, names) -> error(
                        ErrorCode.INVALID_QUERY, "DISTINCT is not allowed in function " + functionName(m.group(1))));
        add(
                "Values in expression list must have compatible types",
                (m, names) ->
                        error(ErrorCode.DATATYPE_MISMATCH, "the values of IN have types that do not go together"));
        add(
                "Column '(.*)' is ambiguous",
                (m, names) -> error(ErrorCode.AMBIGUOUS_COLUMN, "column " + m.group(1) + " is in more than one table")
                        .withHint("Write the name or alias of the table before it."));
        add(
                "Column name '(.*)' in .* is not unique.*",
                (m, names) -> error(
                        ErrorCode.AMBIGUOUS_COLUMN,
                        "column " + m.group(1) + " is more than once on one side of the join"));
        add(
                "Cannot apply '(TUMBLE|HOP|CUMULATE|SESSION)' .*",
                (m, names) -> error(ErrorCode.DATATYPE_MISMATCH, m.group(1) + " does not take these arguments")
                        .withHint("Write TABLE(" + m.group(1) + "(TABLE s, DESCRIPTOR(time), "
                                + (List.of("TUMBLE", "SESSION").contains(m.group(1)) ? "" : "INTERVAL '1' SECOND, ")
                                + "INTERVAL '10' SECOND)) with a TIMESTAMP column."));
        add("Cannot apply '(.*?)' to arguments of type '(.*)'\\. Supported form.*", ValidationErrors::notApplicable);
        add(
                "(.*) clause must be a condition",
                (m, names) ->
                        error(ErrorCode.DATATYPE_MISMATCH, "the condition of " + m.group(1) + " is not a BOOLEAN"));
        add("Expected a boolean type", (m, names) -> error(ErrorCode.DATATYPE_MISMATCH, "a BOOLEAN is expected here"));
        add(
                "Expression '(.*)' is not being grouped",
                (m, names) -> error(
                        ErrorCode.GROUPING_ERROR,
                        plainName(m.group(1)) + " is neither in GROUP BY nor in an aggregate function"));
        add(
                "(?:Aggregate|Windowed aggregate) expression is illegal in (.*) clause.*",
                (m, names) -> error(ErrorCode.GROUPING_ERROR, "an aggregate function is not allowed in " + m.group(1)));
        add(
                "Aggregate expressions cannot be nested.*",
                (m, names) -> error(ErrorCode.GROUPING_ERROR, "an aggregate function is not allowed in another"));
        add(".*[Aa]ggregate.*", (m, names) -> error(ErrorCode.GROUPING_ERROR, plain(m.group())));
        add(
                "Column count mismatch in (.*)",
                (m, names) -> error(
                        ErrorCode.INVALID_QUERY,
                        "the queries of " + m.group(1) + " have different numbers of columns"));
        add(
                "Type mismatch in column (\\d+) of (.*)",
                (m, names) -> error(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column " + m.group(1) + " of the queries of " + m.group(2)
                                + " has types that do not go together"));
        add(
                "Ordinal out of range",
                (m, names) -> error(ErrorCode.INVALID_QUERY, "there is no column of this number in the select list"));
        add(
                "Expression '(.*)' is not in the select clause",
                (m, names) -> error(
                        ErrorCode.INVALID_QUERY,
                        plainName(m.group(1)) + " must be in the select list of a SELECT DISTINCT"));
        add(
                "Duplicate relation name '(.*)' in FROM clause",
                (m, names) ->
                        error(ErrorCode.DUPLICATE_OBJECT, "two tables in the FROM clause are named " + m.group(1)));
        add(
                "Cast function cannot convert value of type (.*) to type (.*)",
                (m, names) -> error(
                        ErrorCode.DATATYPE_MISMATCH,
                        "a value of type " + typeText(m.group(1)) + " cannot be cast to " + typeText(m.group(2))));
        add(
                "Numeric literal '(.*)' out of range",
                (m, names) -> error(
                        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                        "number " + SourceText.shown(m.group(1)) + " is out of range"));
        add(
                "Illegal (DATE|TIME|TIMESTAMP) literal '(.*)':.*",
                (m, names) -> error(ErrorCode.DATETIME_FORMAT, "text '" + m.group(2) + "' is not a " + m.group(1))
                        .withHint(
                                "The format is 2001-12-31 for a DATE, 23:59:59 for a TIME, and both for a TIMESTAMP."));
        add(
                "(?:Illegal interval literal format|Interval field value) .*",
                (m, names) -> error(ErrorCode.DATETIME_FORMAT, "this interval is malformed or out of range"));
        add("Illegal use of dynamic parameter", (m, names) -> untypedParameter());
        add(
                "Values passed to (.*) operator must have compatible types",
                (m, names) -> error(
                        ErrorCode.DATATYPE_MISMATCH,
                        "the values of " + m.group(1) + " have types that do not go together"));
        add(
                "Illegal mixing of types in CASE or COALESCE statement",
                (m, names) -> error(
                        ErrorCode.DATATYPE_MISMATCH, "the results of the CASE have types that do not go together"));
        add(
                "List of column aliases must have same degree as table.*",
                (m, names) -> error(
                        ErrorCode.INVALID_QUERY,
                        "the list of column names has another length than the table has columns"));
    }

    private ValidationErrors() {}

    static ThalwegException translate(String message, NameScope names) {
        for (Translation translation : TABLE) {
            Matcher matcher = translation.pattern().matcher(message);
            if (matcher.matches()) {
                return translation.translator().translate(matcher, names);
            }
        }
        return error(ErrorCode.INVALID_QUERY, plain(message));
    }

    static ThalwegException untypedParameter() {
        return error(ErrorCode.PARAMETER_MISMATCH, "the type of this parameter is not known")
                .withHint("Write CAST(? AS type).");
    }

    private static void add(String pattern, Translator translator) {
        TABLE.add(new Translation(Pattern.compile(pattern, Pattern.DOTALL), translator));
    }

    private static ThalwegException error(ErrorCode code, String message) {
        return new ThalwegException(code, message);
    }

    private static ThalwegException undefinedColumn(Matcher matcher, NameScope names) {
        String name = matcher.group(1);
        if (name.equals("*")) {
            return error(ErrorCode.INVALID_QUERY, "* is an argument of COUNT only");
        }
        return hinted(
                error(ErrorCode.UNDEFINED_COLUMN, "column " + name + " does not exist"),
                names.closestColumn(name).map(close -> "There is a column " + close + "."));
    }

    private static ThalwegException undefinedRelation(Matcher matcher, NameScope names) {
        String name = matcher.group(1);
        Optional<String> stream = names.streamWithoutLateRows(name);
        if (stream.isPresent()) {
            return error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "stream " + stream.get() + " has no late rows, because it has no WATERMARK");
        }
        return hinted(
                error(ErrorCode.UNDEFINED_OBJECT, "table, stream or view " + name + " does not exist"),
                names.closestRelation(name).map(close -> "There is " + close + "."));
    }

    private static ThalwegException undefinedFunction(Matcher matcher, NameScope names) {
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        if (RANDOM.contains(name)) {
            return error(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "function " + name
                                    + " gives something else at each call, so that an answer could not be kept"
                                    + " up to date")
                    .withHint("Take a digest of a key, such as CRC32(CAST(id AS VARCHAR)).");
        }
        String arguments = matcher.group(2).replaceAll("<([^<>]*)>", "$1");
        Optional<String> close = NameSuggestion.closest(name, FunctionCatalog.INSTANCE.functionNames());
        if (close.filter(name::equals).isPresent()) {
            return error(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function " + name + " does not take arguments of type (" + arguments + ")");
        }
        return hinted(
                error(ErrorCode.UNDEFINED_FUNCTION, "function " + name + " does not exist"),
                close.map(other -> "There is a function " + other + "."));
    }

    /** A call with more or fewer arguments than the function takes. */
    static ThalwegException wrongArgumentCount(String function) {
        String name = functionName(function);
        SqlOperandCountRange counts = FunctionCatalog.INSTANCE.argumentCounts(function);
        String least = counts.getMin() == 0 ? "no" : String.valueOf(counts.getMin());
        String taken = counts.getMax() < 0
                ? "at least " + least
                : counts.getMax() == counts.getMin()
                        ? least
                        : least + (counts.getMax() == counts.getMin() + 1 ? " or " : " to ") + counts.getMax();
        boolean one = counts.getMin() == 1 && counts.getMax() <= 1;
        return error(
                ErrorCode.UNDEFINED_FUNCTION,
                "function " + name + " takes " + taken + (one ? " argument" : " arguments"));
    }

    /** As users write it: Calcite puts a dollar before the name of the older TUMBLE. */
    private static String functionName(String name) {
        return name.replace("$", "").toLowerCase(Locale.ROOT);
    }

    private static ThalwegException notApplicable(Matcher matcher, NameScope names) {
        boolean difference =
                matcher.group(1).equals("-") && matcher.group(2).matches("<(?:TIME|DATE).*> - <(?:TIME|DATE).*>");
        Optional<String> hint = difference
                ? Optional.of("TIMESTAMPDIFF(unit, from, to) is the difference of two times.")
                : Optional.empty();
        return hinted(error(ErrorCode.DATATYPE_MISMATCH, notApplicable(matcher.group(1), matcher.group(2))), hint);
    }

    private static String notApplicable(String name, String call) {
        String plain = call.replace("NOT<", "NOT <").replaceAll("<([^<>]*)>", "$1");
        boolean function = plain.startsWith(name + "(") && plain.endsWith(")");
        if (!function) {
            return name + " does not take " + typeText(plain);
        }
        String arguments = plain.substring(name.length() + 1, plain.length() - 1);
        return "function " + functionName(name) + " does not take arguments of type ("
                + typeText(arguments).replaceFirst("^INTERVAL (\\w+ FROM )", "$1") + ")";
    }

    private static ThalwegException hinted(ThalwegException error, Optional<String> hint) {
        return hint.map(error::withHint).orElse(error);
    }

    private static String plainName(String expression) {
        return expression.replace("`", "").replace("\"", "");
    }

    private static String typeText(String type) {
        return type.replace(" NOT NULL", "").replace('_', ' ');
    }

    /** Calcite's sentence in our form: lower case, no full stop, one line. */
    private static String plain(String message) {
        String line = message.strip().lines().findFirst().orElse("the query is not valid");
        String open = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        boolean word = open.length() > 1 && Character.isLowerCase(open.charAt(1));
        return word ? Character.toLowerCase(open.charAt(0)) + open.substring(1) : open;
    }

    private interface Translator {
        ThalwegException translate(Matcher matcher, NameScope names);
    }

    private record Translation(Pattern pattern, Translator translator) {}
}
