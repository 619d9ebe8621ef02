package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in the domain concerns those it happens to. */
@Timeout(60)
class StepDomainTest {
    private static final StepPace PACE = new StepPace(new SystemClock(), false);
    private static final RowType TYPE = RowType.of("k", SqlType.INTEGER);

    private final StepDomain domain = new StepDomain(StepDomainTest::dropped, new QueryControl(), new SystemClock());

    private static StoredRelation dropped(long id) {
        throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "stream " + id + " was dropped");
    }

    /** A relation that never changes, or throws at its first step. */
    private record Fixed(long id, Set<Long> relations, RelationState state, String rows) implements DomainRelation {
        static Fixed of(long id, Set<Long> relations, String rows) {
            return new Fixed(id, relations, new RelationState("view " + id), rows);
        }

        @Override
        public String title() {
            return "view " + id;
        }

        @Override
        public RowType type() {
            return TYPE;
        }

        @Override
        public Set<Long> logs() {
            return Set.of();
        }

        @Override
        public List<DeltaBatch> step(StepInput input) {
            if (rows.isEmpty()) {
                throw new StackOverflowError();
            }
            return snapshot();
        }

        @Override
        public List<DeltaBatch> snapshot() {
            return List.of(DeltaText.parse(TYPE, rows));
        }

        @Override
        public long rowCount() {
            return 1;
        }
    }

    @BeforeEach
    void start() {
        domain.start();
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private String read(long relation, Set<Long> streams) {
        DomainFeed feed = new DomainFeed(Map.of(relation, TYPE), streams);
        domain.open(feed);
        StepInput input = feed.take(new QueryControl(), PACE);
        domain.close(feed);
        return DeltaText.format(TYPE, input.deltas().get(relation).get(0));
    }

    @Test
    void aQueryThatMeetsADroppedStreamFailsAlone() {
        domain.attach(Fixed.of(1, Set.of(), "+1 | 5")).join();
        ThalwegException failure = assertThrows(ThalwegException.class, () -> read(1, Set.of(9L)));
        assertEquals("stream 9 was dropped", failure.message());
        assertEquals("+1 | 5", read(1, Set.of()));
    }

    @Test
    void aRelationThatThrowsAnythingFailsAloneWithItsReaders() {
        domain.attach(Fixed.of(1, Set.of(), "+1 | 5")).join();
        assertThrows(
                CompletionException.class,
                () -> domain.attach(Fixed.of(2, Set.of(), "")).join());
        CompletionException reader = assertThrows(
                CompletionException.class,
                () -> domain.attach(Fixed.of(3, Set.of(1L, 2L), "")).join());
        assertEquals(
                "view 2 has failed: the statement is nested too deeply",
                ((ThalwegException) reader.getCause()).message());
        assertEquals(
                "view 3 has failed: view 2 has failed: the statement is nested too deeply",
                assertThrows(ThalwegException.class, () -> read(3, Set.of())).message());
        assertEquals("+1 | 5", read(1, Set.of()));
    }

    @Test
    void whoComesAfterTheCloseIsToldSo() {
        domain.close();
        ThalwegException failure = assertThrows(ThalwegException.class, () -> read(1, Set.of()));
        assertEquals(ErrorCode.SERVER_SHUTTING_DOWN, failure.code());
    }
}
