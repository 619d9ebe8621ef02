package io.thalweg.server.session;

import io.thalweg.log.recovery.HashPoint;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.error.ErrorCategory;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.AlterPartitions;
import io.thalweg.parser.ast.PartitionChange;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.session.CatalogStatements.Scope;
import io.thalweg.server.shard.HashText;
import io.thalweg.server.shard.Shards;
import java.util.List;
import java.util.function.Supplier;

/**
 * Carries out changes of the partitions of a stream. A split or a merge does not wait for other changes of the catalog,
 * such as the building of a view.
 */
final class PartitionStatements {
    private final CatalogStateMachine catalog;
    private final CatalogStatements changes;
    private final QueryEngine engine;

    PartitionStatements(CatalogStateMachine catalog, CatalogStatements changes, QueryEngine engine) {
        this.catalog = catalog;
        this.changes = changes;
        this.engine = engine;
    }

    StatementResult.Done alter(AlterPartitions alter, Scope scope) {
        return alter.change().accept(new Change(alter, scope));
    }

    private static StreamDefinition stream(AlterPartitions alter, CatalogSnapshot snapshot, Scope scope) {
        CatalogObject object = NameRules.find(snapshot, alter.name(), scope.schema());
        if (object.kind() != alter.kind()) {
            throw NameRules.wrongKind(object, alter.kind(), alter.name());
        }
        if (object instanceof StreamDefinition stream) {
            return stream;
        }
        ThalwegException error = new ThalwegException(
                        ErrorCode.WRONG_OBJECT_KIND,
                        object.kind() == ObjectKind.TABLE
                                ? "the partitions of table " + object.name() + " cannot be changed"
                                : object.kind().noun() + " " + object.name() + " has no partitions")
                .at(alter.name().span());
        throw error.withHint("The partitions of a stream can be split and merged.");
    }

    /** Carries out one change. */
    private final class Change implements PartitionChange.Visitor<StatementResult.Done> {
        private final AlterPartitions alter;
        private final Scope scope;

        Change(AlterPartitions alter, Scope scope) {
            this.alter = alter;
            this.scope = scope;
        }

        /** The partitions of the stream as it is now; if it is dropped meanwhile, they say so. */
        private Shards shards() {
            return engine.shards(stream(alter, catalog.snapshot(), scope));
        }

        @Override
        public StatementResult.Done visitSplit(PartitionChange.Split split) {
            Shards shards = shards();
            List<Integer> halves = at(
                    split.at()
                            .map(PartitionChange.Point::span)
                            .orElse(split.partition().span()),
                    () -> shards.split(split.partition().value(), split.at().map(this::point)));
            return StatementResult.Done.of(
                    "split partition " + split.partition().value() + " of stream " + alter.name() + " into "
                            + halves.get(0) + " and " + halves.get(1));
        }

        private HashPoint point(PartitionChange.Point point) {
            return HashText.parse(point.text())
                    .orElseThrow(() -> new ThalwegException(
                                    ErrorCode.ARGUMENT_OUT_OF_RANGE, "'" + point.text() + "' is not a hash")
                            .withHint("A hash has 16 hexadecimal digits, as SHOW PARTITIONS writes it."));
        }

        @Override
        public StatementResult.Done visitMerge(PartitionChange.Merge merge) {
            Shards shards = shards();
            int merged = at(
                    merge.second().span(),
                    () -> shards.merge(merge.first().value(), merge.second().value()));
            return StatementResult.Done.of("merged partitions " + merge.first().value() + " and "
                    + merge.second().value() + " of stream " + alter.name() + " into " + merged);
        }

        @Override
        public StatementResult.Done visitAdd(PartitionChange.Add add) {
            try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
                StreamDefinition stream = stream(alter, editor.snapshot(), scope);
                int more = add.count().value();
                int count = Math.addExact(Math.min(more, Shards.MAX_OPEN), stream.partitionCount());
                return at(add.count().span(), () -> {
                    if (more == 0) {
                        throw new ThalwegException(ErrorCode.OPTION_OUT_OF_RANGE, "0 partitions are none to add");
                    }
                    engine.shards(stream).grow(count, () -> editor.addPartitions(stream, count));
                    return StatementResult.Done.of("stream " + alter.name() + " has " + count + " partitions");
                });
            }
        }

        /** Gives errors of the statement the place of what they are about. */
        private static <T> T at(SourceSpan span, Supplier<T> work) {
            try {
                return work.get();
            } catch (ThalwegException failure) {
                throw failure.code().category() == ErrorCategory.USER ? failure.at(span) : failure;
            }
        }
    }
}
