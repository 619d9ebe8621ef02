package io.thalweg.wire.codec;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Credit;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Heartbeat;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Pong;
import io.thalweg.wire.message.Prepare;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.StatementKind;
import io.thalweg.wire.message.Welcome;
import io.thalweg.wire.message.WireError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One message of each kind at least. */
final class SampleMessages {
    static final RowType FLIGHTS = RowType.of(
            "callsign",
            SqlType.VARCHAR.notNull(),
            "höhe",
            SqlType.INTEGER,
            "price",
            SqlType.decimal(38, 2),
            "seen",
            SqlType.timestamp(3));

    private SampleMessages() {}

    static List<ClientMessage> client() {
        ExecuteOptions options =
                new ExecuteOptions(Long.MAX_VALUE, 500, 15_000, 3, Map.of("timeZone", "Europe/Zürich", "x", ""));
        return List.of(
                new Hello(1, "thalweg-jdbc 0.1.0", Map.of("user", "ada", "password", "geheim")),
                new Prepare(0, "INSERT INTO flights VALUES (?, ?, ?, ?)"),
                new CloseStatement(Long.MAX_VALUE),
                new Execute(127, "SELECT '\uD83D\uDEE9' FROM flights", ExecuteOptions.DEFAULT),
                new Execute(128, "", options),
                new ExecutePrepared(129, 0, RowBlock.of(rows()), options),
                new Credit(16_384, Integer.MAX_VALUE),
                new Cancel(5),
                new CloseQuery(6),
                new Ping(Long.MIN_VALUE),
                new Goodbye());
    }

    static List<ServerMessage> server() {
        WireError error = WireError.of(new ThalwegException(ErrorCode.UNDEFINED_COLUMN, "no column 'spead'")
                .at(new SourceSpan(1, 8, 1, 12))
                .withHint("Did you mean 'speed'?"));
        WireError plain = new WireError(65_000, "ZZ999", "", Optional.empty(), Optional.empty());
        return List.of(
                new Welcome(1, "0.1.0", 77, Map.of("schema", "public")),
                new Prepared(0, StatementKind.QUERY, FLIGHTS.types(), Optional.of(FLIGHTS)),
                new Prepared(1, StatementKind.INSERT, List.of(), Optional.empty()),
                new ResultHeader(1, FLIGHTS, true, false),
                new ResultHeader(2, RowType.of(), false, true),
                new Rows(1, RowBlock.of(rows())),
                new Progress(1, 0, OptionalLong.empty(), ""),
                new Progress(1, Long.MAX_VALUE, OptionalLong.of(Long.MIN_VALUE), "token"),
                new Completed(1, Completed.NO_COUNT, "created stream flights", List.of()),
                new Completed(2, Long.MAX_VALUE - 1, "", List.of("late", "")),
                new Failed(Failed.Subject.QUERY, 1, error),
                new Failed(Failed.Subject.CONNECTION, 0, plain),
                new Pong(-1),
                new Heartbeat());
    }

    static DeltaBatch rows() {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(FLIGHTS);
        for (int i = 0; i < 100; i++) {
            builder.column(0).appendText("SWR" + i % 7);
            if (i % 3 == 0) {
                builder.column(1).appendNull();
            } else {
                builder.column(1).appendInt(i * 100);
            }
            builder.column(2).appendDecimal128(i, -i);
            builder.column(3).appendLong(1_000_000L * i);
            builder.endRow(1 + i % 2);
        }
        return builder.build();
    }
}
