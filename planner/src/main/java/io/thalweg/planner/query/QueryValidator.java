package io.thalweg.planner.query;

import io.thalweg.planner.function.QueryFunctions;
import io.thalweg.planner.type.ThalwegTypeFactory;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, but that an ARRAY, MAP or ROW can be cast to text and a BOOLEAN to a number and back, and that a text literal is a VARCHAR. As CHAR(n), which the standard says, it would pad
 * the shorter branches of a CASE or a UNION with spaces.
 */
final class QueryValidator extends SqlValidatorImpl {
    private static final RelDataType TEXT = ThalwegTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR);
    private static final Set<SqlTypeName> NESTED = EnumSet.of(SqlTypeName.ARRAY, SqlTypeName.MAP, SqlTypeName.ROW);
    private static final Set<String> TEXTS = Set.of("VARCHAR", "CHAR");
    private static final Set<SqlOperator> JSON_TEXTS = Set.of(
            SqlStdOperatorTable.JSON_VALUE,
            SqlStdOperatorTable.JSON_QUERY,
            SqlLibraryOperators.JSON_TYPE,
            SqlLibraryOperators.JSON_KEYS,
            SqlLibraryOperators.JSON_PRETTY);
    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(TextCoercion::new);

    QueryValidator(QueryFunctions functions, CalciteCatalogReader reader) {
        super(functions, reader, ThalwegTypeFactory.INSTANCE, CONFIG);
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (expression instanceof SqlCharStringLiteral) {
            setValidatedNodeType(expression, TEXT);
            return TEXT;
        }
        if (expression.getKind() == SqlKind.CAST || expression.getKind() == SqlKind.SAFE_CAST) {
            RelDataType text = textOfNested(scope, (SqlCall) expression);
            if (text != null) {
                setValidatedNodeType(expression, text);
                return text;
            }
        }
        if (expression instanceof SqlNodeList list && getValidatedNodeTypeIfKnown(list) == null) {
            // The values of an IN have no type if they do not go together; Calcite fails on telling so.
            throw newValidationError(list, Static.RESOURCE.incompatibleTypesInList());
        }
        RelDataType type = usualType(scope, expression);
        if (isJsonText(expression, type)) {
            RelDataType text = ThalwegTypeFactory.INSTANCE.createTypeWithNullability(TEXT, true);
            setValidatedNodeType(expression, text);
            return text;
        }
        return type;
    }

    private RelDataType usualType(SqlValidatorScope scope, SqlNode expression) {
        try {
            return super.deriveType(scope, expression);
        } catch (CalciteContextException refused) {
            RelDataType own = typeOfTruthCast(scope, expression);
            if (own == null) {
                throw refused;
            }
            setValidatedNodeType(expression, own);
            return own;
        }
    }

    /** The type of a cast between truth values and numbers, which Calcite refuses; null if it is something else. */
    private @Nullable RelDataType typeOfTruthCast(SqlValidatorScope scope, SqlNode expression) {
        boolean isCast = expression.getKind() == SqlKind.CAST || expression.getKind() == SqlKind.SAFE_CAST;
        if (!isCast || !(((SqlCall) expression).operand(1) instanceof SqlDataTypeSpec spec)) {
            return null;
        }
        RelDataType value = deriveType(scope, ((SqlCall) expression).operand(0));
        RelDataType target = spec.deriveType(this, value.isNullable() || expression.getKind() == SqlKind.SAFE_CAST);
        boolean toNumber = value.getSqlTypeName() == SqlTypeName.BOOLEAN && SqlTypeUtil.isNumeric(target);
        boolean fromNumber = target.getSqlTypeName() == SqlTypeName.BOOLEAN && SqlTypeUtil.isNumeric(value);
        return toNumber || fromNumber ? target : null;
    }

    /** Whether this is JSON or a part of it for which Calcite has made up a limit of its own. */
    private static boolean isJsonText(SqlNode expression, RelDataType type) {
        return expression instanceof SqlCall call
                && JSON_TEXTS.contains(call.getOperator())
                && type.getSqlTypeName() == SqlTypeName.VARCHAR
                && call.getOperandList().stream().noneMatch(SqlDataTypeSpec.class::isInstance);
    }

    /** The type of a cast of an ARRAY, MAP or ROW to text, which Calcite does not know; null if it is another cast. */
    private @Nullable RelDataType textOfNested(SqlValidatorScope scope, SqlCall cast) {
        if (!(cast.operand(1) instanceof SqlDataTypeSpec spec)
                || !TEXTS.contains(spec.getTypeName().getSimple().toUpperCase(Locale.ROOT))) {
            return null;
        }
        RelDataType value = deriveType(scope, cast.operand(0));
        boolean nested = NESTED.contains(value.getSqlTypeName());
        return nested ? spec.deriveType(this, value.isNullable()) : null;
    }
}
