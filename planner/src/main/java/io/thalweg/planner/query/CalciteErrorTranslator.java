package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.concurrent.Callable;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Calcite throws into errors of ours with their place in the user's statement. Whatever Calcite fails with by
 * accident becomes a refusal: the query was understood, but this version cannot plan it.
 */
final class CalciteErrorTranslator {
    private static final int MAX_CAUSES = 20;

    private CalciteErrorTranslator() {}

    static <T> T translated(SourceText source, ConversionContext context, NameScope names, Callable<T> step) {
        try {
            return step.call();
        } catch (ThalwegException e) {
            throw e;
        } catch (SqlParseException e) {
            throw SyntaxErrors.translate(e, source);
        } catch (StackOverflowError e) {
            throw tooDeep(source, e);
        } catch (Exception | AssertionError e) {
            context.checkTime();
            throw translate(e, source, names);
        }
    }

    private static ThalwegException tooDeep(SourceText source, Throwable error) {
        return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", error)
                .at(source.origin());
    }

    private static ThalwegException translate(Throwable error, SourceText source, NameScope names) {
        @Nullable CalciteContextException placed = null;
        @Nullable String message = null;
        @Nullable Throwable cause = error;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof ThalwegException known) {
                return placed == null || known.span().isPresent() ? known : known.at(source.span(position(placed)));
            }
            if (cause instanceof StackOverflowError) {
                return tooDeep(source, error);
            }
            if (String.valueOf(cause.getMessage()).contains("leastRestrictive")) {
                // Calcite finds out while converting that the type it gave a NULL does not go with the others.
                message = "Illegal mixing of types in CASE or COALESCE statement";
            } else if (cause instanceof CalciteContextException context) {
                placed = context;
            } else if (cause.getMessage() != null && isCalcites(cause)) {
                message = cause.getMessage();
            }
        }
        if (message == null && String.valueOf(error.getMessage()).contains("SqlDynamicParam")) {
            // Calcite does not look for the types of parameters in some places, such as the arguments of aggregates.
            return ValidationErrors.untypedParameter().at(source.firstParameter());
        }
        ThalwegException translated = message == null
                ? new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "a query of this form is not supported", error)
                : ValidationErrors.translate(message, names);
        return translated.at(placed == null ? source.origin() : source.span(position(placed)));
    }

    private static boolean isCalcites(Throwable error) {
        return error instanceof CalciteException || error instanceof SqlValidatorException;
    }

    private static SqlParserPos position(CalciteContextException error) {
        return new SqlParserPos(
                error.getPosLine(), error.getPosColumn(), error.getEndPosLine(), error.getEndPosColumn());
    }
}
