package io.thalweg.server.door.nativewire;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Credit;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Prepare;

/** Refuses every message; a subclass permits some. */
abstract class UnexpectedMessage implements ClientMessage.Visitor<Boolean> {
    private final String reason;

    UnexpectedMessage(String reason) {
        this.reason = reason;
    }

    private boolean refuse() {
        throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, reason);
    }

    @Override
    public Boolean visitHello(Hello hello) {
        return refuse();
    }

    @Override
    public Boolean visitPrepare(Prepare prepare) {
        return refuse();
    }

    @Override
    public Boolean visitCloseStatement(CloseStatement close) {
        return refuse();
    }

    @Override
    public Boolean visitExecute(Execute execute) {
        return refuse();
    }

    @Override
    public Boolean visitExecutePrepared(ExecutePrepared execute) {
        return refuse();
    }

    @Override
    public Boolean visitCredit(Credit credit) {
        return refuse();
    }

    @Override
    public Boolean visitCancel(Cancel cancel) {
        return refuse();
    }

    @Override
    public Boolean visitCloseQuery(CloseQuery close) {
        return refuse();
    }

    @Override
    public Boolean visitPing(Ping ping) {
        return refuse();
    }

    @Override
    public Boolean visitGoodbye(Goodbye goodbye) {
        return refuse();
    }
}
