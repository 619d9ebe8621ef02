package io.thalweg.planner.lowering;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Reads literals off the syntax tree, without a validator: an INSERT of ten thousand rows is mostly literals, and checking
 * each as an expression would take seconds.
 */
public final class SyntaxLiteral {
    private SyntaxLiteral() {}

    /** The literal that a node is; empty if it is something else or a literal of the rarer kinds. */
    public static Optional<Literal> of(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            return number(number, false);
        }
        if (node instanceof SqlCharStringLiteral text) {
            return Optional.of(Literal.of(LiteralTranslator.wellFormed(text.getValueAs(String.class))));
        }
        if (node instanceof SqlLiteral literal) {
            return ofWord(literal);
        }
        boolean negative = node.getKind() == SqlKind.MINUS_PREFIX;
        return negative && ((SqlCall) node).operand(0) instanceof SqlNumericLiteral number
                ? number(number, true)
                : Optional.empty();
    }

    private static Optional<Literal> ofWord(SqlLiteral literal) {
        if (literal.getTypeName() == SqlTypeName.NULL) {
            return Optional.of(Literal.nullOf(SqlType.NULL));
        }
        return literal.getTypeName() == SqlTypeName.BOOLEAN && literal.getValue() != null
                ? Optional.of(Literal.of(literal.booleanValue()))
                : Optional.empty();
    }

    private static Optional<Literal> number(SqlNumericLiteral literal, boolean negative) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        BigDecimal signed = negative ? value.negate() : value;
        SqlType type = literal.isExact() ? exactType(signed) : SqlType.DOUBLE;
        return Optional.of(NumberLiteral.of(signed, type).orElseThrow(() -> NumberLiteral.outOfRange(signed, type)));
    }

    private static SqlType exactType(BigDecimal value) {
        if (value.scale() <= 0) {
            if (NumberLiteral.of(value, SqlType.INTEGER).isPresent()) {
                return SqlType.INTEGER;
            }
            if (NumberLiteral.of(value, SqlType.BIGINT).isPresent()) {
                return SqlType.BIGINT;
            }
        }
        int scale = Math.min(Math.max(value.scale(), 0), SqlType.MAX_DECIMAL_PRECISION);
        return SqlType.decimal(
                Math.min(Math.max(value.precision(), Math.max(scale, 1)), SqlType.MAX_DECIMAL_PRECISION), scale);
    }
}
