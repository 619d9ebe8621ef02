package io.thalweg.planner.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;

/** Makes Calcite's types. One instance serves all queries; thread-safe. */
public final class ThalwegTypeFactory extends SqlTypeFactoryImpl {
    public static final ThalwegTypeFactory INSTANCE = new ThalwegTypeFactory();

    private ThalwegTypeFactory() {
        super(ThalwegTypeSystem.INSTANCE);
    }

    /** Elements may always be NULL, whatever is known of those that are written down. */
    @Override
    public RelDataType createArrayType(RelDataType element, long maxCardinality) {
        return super.createArrayType(createTypeWithNullability(element, true), maxCardinality);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
