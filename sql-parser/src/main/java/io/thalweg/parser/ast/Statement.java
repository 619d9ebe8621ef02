package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** One statement of a user. The tree is immutable; spans count in the text that was parsed. */
public sealed interface Statement
        permits CreateStream,
                CreateStreamAs,
                CreateTable,
                CreateTableAs,
                CreateView,
                CreateMaterializedView,
                CreateFunction,
                DropRelation,
                DropFunction,
                AlterRelation,
                TruncateRelation,
                AlterPartitions,
                InsertValues,
                InsertQuery,
                UpdateRows,
                DeleteRows,
                CopyFrom,
                CopyTo,
                QueryStatement,
                ShowObjects,
                ShowCreate,
                ShowSetting,
                Describe,
                Explain,
                SetSetting,
                ResetSetting,
                ControlQuery,
                UseSchema,
                ControlTransaction {
    /** From the first word to the last, without the semicolon. */
    SourceSpan span();

    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of statement. */
    interface Visitor<R> {
        R visitCreateStream(CreateStream stream);

        R visitCreateStreamAs(CreateStreamAs stream);

        R visitCreateTable(CreateTable table);

        R visitCreateTableAs(CreateTableAs table);

        R visitCreateView(CreateView view);

        R visitCreateMaterializedView(CreateMaterializedView view);

        R visitCreateFunction(CreateFunction function);

        R visitDropRelation(DropRelation drop);

        R visitDropFunction(DropFunction drop);

        R visitAlterRelation(AlterRelation alter);

        R visitTruncateRelation(TruncateRelation truncate);

        R visitAlterPartitions(AlterPartitions alter);

        R visitInsertValues(InsertValues insert);

        R visitInsertQuery(InsertQuery insert);

        R visitUpdateRows(UpdateRows update);

        R visitDeleteRows(DeleteRows delete);

        R visitCopyFrom(CopyFrom copy);

        R visitCopyTo(CopyTo copy);

        R visitQueryStatement(QueryStatement statement);

        R visitShowObjects(ShowObjects show);

        R visitShowCreate(ShowCreate show);

        R visitShowSetting(ShowSetting show);

        R visitDescribe(Describe describe);

        R visitExplain(Explain explain);

        R visitSetSetting(SetSetting set);

        R visitResetSetting(ResetSetting reset);

        R visitControlQuery(ControlQuery control);

        R visitUseSchema(UseSchema use);

        R visitControlTransaction(ControlTransaction control);
    }
}
