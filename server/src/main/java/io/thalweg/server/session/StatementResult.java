package io.thalweg.server.session;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.server.query.QueryOptions;
import java.util.List;

/** What came of a statement: it is done, or there is a query to start whose rows are the answer. */
public sealed interface StatementResult {
    <R> R accept(Visitor<R> visitor);

    /**
     * The statement is done.
     *
     * @param updateCount rows inserted, updated or deleted; {@link #NO_COUNT} if the statement does not count
     * @param info what was done, for people
     * @param warnings sentences the user should see
     */
    record Done(long updateCount, String info, List<String> warnings) implements StatementResult {
        /** The update count of a statement that changes no rows. */
        public static final long NO_COUNT = -1;

        public Done {
            warnings = List.copyOf(warnings);
        }

        /** A statement that counts nothing. */
        public static Done of(String info) {
            return new Done(NO_COUNT, info, List.of());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitDone(this);
        }
    }

    /** The plan is to be started; nothing has run yet. */
    record Query(PhysicalPlan plan, List<Literal> parameters, QueryOptions options) implements StatementResult {
        public Query {
            parameters = List.copyOf(parameters);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitQuery(this);
        }
    }

    /** One method for each kind of result. */
    interface Visitor<R> {
        R visitDone(Done done);

        R visitQuery(Query query);
    }
}
