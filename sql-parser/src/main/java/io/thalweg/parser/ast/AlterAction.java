package io.thalweg.parser.ast;

import java.util.List;

/** The change that {@code ALTER} makes. */
public sealed interface AlterAction {
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of change. */
    interface Visitor<R> {
        R visitAddColumn(AddColumn action);

        R visitSetOptions(SetOptions action);

        R visitResetOptions(ResetOptions action);

        R visitRenameColumn(RenameColumn action);

        R visitRenameObject(RenameObject action);
    }

    /** {@code ADD COLUMN}. */
    record AddColumn(ColumnDeclaration column) implements AlterAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitAddColumn(this);
        }
    }

    /** {@code RENAME COLUMN column TO name}. */
    record RenameColumn(Identifier column, Identifier name) implements AlterAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRenameColumn(this);
        }
    }

    /** {@code RENAME TO name}: another name in the same schema. */
    record RenameObject(Identifier name) implements AlterAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRenameObject(this);
        }
    }

    /** {@code SET ('key' = 'value', …)}. Keys are distinct. */
    record SetOptions(List<OptionAssignment> options) implements AlterAction {
        public SetOptions {
            options = List.copyOf(options);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSetOptions(this);
        }
    }

    /** {@code RESET ('key', …)}: the options have their defaults again. Keys are distinct. */
    record ResetOptions(List<OptionName> options) implements AlterAction {
        public ResetOptions {
            options = List.copyOf(options);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResetOptions(this);
        }
    }
}
