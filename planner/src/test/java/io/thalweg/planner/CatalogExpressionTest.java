package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ExpressionText;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, generated columns and watermarks. */
class CatalogExpressionTest {
    private static final Planner PLANNER = new Planner();
    private static final SourceSpan ORIGIN = SourceSpan.at(3, 10);
    private static final RowType NONE = new RowType(List.of());
    private static final RowType ROW = RowType.of("x", SqlType.BIGINT, "k", SqlType.VARCHAR);
    private static final RowColumns COLUMNS = new RowColumns(List.of(
            ColumnDefinition.stored("x", SqlType.BIGINT),
            new ColumnDefinition("x2", SqlType.BIGINT, ColumnOrigin.GENERATED, Optional.of("x * 2"), Optional.empty()),
            ColumnDefinition.stored("ts", SqlType.timestamp(3))));

    @Test
    void plansAGeneratedColumn() {
        assertEquals(
                "CAST(MULTIPLY(x, 2) AS INTEGER)",
                ExpressionText.format(PLANNER.planExpression("x * 2", ORIGIN, ROW, Optional.of(SqlType.INTEGER)), ROW));
    }

    @Test
    void plansADefaultAsTheTypeOfItsColumn() {
        assertEquals(
                "1.00",
                ExpressionText.format(
                        PLANNER.planExpression("1", ORIGIN, NONE, Optional.of(SqlType.decimal(5, 2))), NONE));
    }

    @Test
    void allowsTheCurrentTimeInADefault() {
        assertEquals(
                SqlType.timestamp(3).notNull(),
                PLANNER.planExpression("CURRENT_TIMESTAMP", ORIGIN, NONE, Optional.of(SqlType.timestamp(3)))
                        .type());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nope + 1           | UNDEFINED_COLUMN      | 3:10
            x +                | SYNTAX_ERROR          | 3:12
            SUM(x)             | GROUPING_ERROR        | 3:10
            x + ?              | INVALID_DEFINITION    | 3:10
            CURRENT_TIMESTAMP  | FEATURE_NOT_SUPPORTED | 3:10
            (SELECT 1)         | FEATURE_NOT_SUPPORTED | 3:10
            k                  | DATATYPE_MISMATCH     | 3:10
            """)
    void refusesWhatIsNoColumnExpression(String expression, ErrorCode code, String place) {
        ThalwegException error = assertThrows(
                ThalwegException.class,
                () -> PLANNER.planExpression(expression, ORIGIN, ROW, Optional.of(SqlType.BIGINT)));
        assertEquals(code, error.code(), error.message());
        SourceSpan span = error.span().orElseThrow();
        assertEquals(place, span.startLine() + ":" + span.startColumn());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ts                              | 0
            ts - INTERVAL '5' SECOND        | 5000000
            ts - INTERVAL '0.5' SECOND      | 500000
            ts - INTERVAL '1' DAY           | 86400000000
            """)
    void plansAWatermark(String expression, long delayMicros) {
        assertEquals(
                new WatermarkDefinition(1, delayMicros),
                PLANNER.planWatermark("ts", SourceSpan.at(2, 1), expression, ORIGIN, COLUMNS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ts   | ts + INTERVAL '5' SECOND | INVALID_DEFINITION
            ts   | ts - INTERVAL '1' MONTH  | INVALID_DEFINITION
            ts   | CURRENT_TIMESTAMP        | FEATURE_NOT_SUPPORTED
            ts   | FLOOR(ts TO DAY)         | INVALID_DEFINITION
            ts   | nope                     | UNDEFINED_COLUMN
            x    | x                        | INVALID_DEFINITION
            x2   | x2                       | INVALID_DEFINITION
            nope | ts                       | UNDEFINED_COLUMN
            """)
    void refusesOtherWatermarks(String column, String expression, ErrorCode code) {
        ThalwegException error = assertThrows(
                ThalwegException.class,
                () -> PLANNER.planWatermark(column, SourceSpan.at(2, 1), expression, ORIGIN, COLUMNS));
        assertEquals(code, error.code(), error.message());
    }
}
