package io.thalweg.planner.query;

import io.thalweg.planner.type.ThalwegTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;

/**
 * Makes expressions without evaluating any: text literals are VARCHAR, as in {@link QueryValidator}, and a cast of a
 * literal stays a cast, since Calcite would fold it by its own rules of rounding and padding.
 */
final class ExactRexBuilder extends RexBuilder {
    ExactRexBuilder() {
        super(ThalwegTypeFactory.INSTANCE);
    }

    @Override
    public RexLiteral makeCharLiteral(NlsString text) {
        return makeLiteral(text, typeFactory.createSqlType(SqlTypeName.VARCHAR), SqlTypeName.CHAR);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos position,
            RelDataType type,
            RexNode expression,
            boolean matchNullability,
            boolean safe,
            RexLiteral format) {
        boolean constant = expression instanceof RexLiteral literal && !literal.isNull();
        if (constant && !SqlTypeUtil.equalSansNullability(typeFactory, type, expression.getType())) {
            RelDataType target = matchNullability ? type : typeFactory.createTypeWithNullability(type, safe);
            return makeAbstractCast(position, target, expression, safe, format);
        }
        return super.makeCast(position, type, expression, matchNullability, safe, format);
    }
}
