package io.thalweg.planner.query;

import io.thalweg.model.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.RelRoot;

/** A query as a relational expression, with the types of its parameters in order. */
public record ConvertedQuery(RelRoot root, List<SqlType> parameterTypes) {
    public ConvertedQuery {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
