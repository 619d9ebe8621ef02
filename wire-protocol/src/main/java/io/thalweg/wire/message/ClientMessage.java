package io.thalweg.wire.message;

/**
 * What a client says. Identifiers of statements and queries are chosen by the client, are not negative and are unique
 * among those in use on the connection. Statements and queries are separate name spaces. Several queries may run at once.
 */
public sealed interface ClientMessage
        permits Hello, Prepare, CloseStatement, Execute, ExecutePrepared, Credit, Cancel, CloseQuery, Ping, Goodbye {
    <R> R accept(Visitor<R> visitor);

    /** One method for each message. */
    interface Visitor<R> {
        R visitHello(Hello hello);

        R visitPrepare(Prepare prepare);

        R visitCloseStatement(CloseStatement close);

        R visitExecute(Execute execute);

        R visitExecutePrepared(ExecutePrepared execute);

        R visitCredit(Credit credit);

        R visitCancel(Cancel cancel);

        R visitCloseQuery(CloseQuery close);

        R visitPing(Ping ping);

        R visitGoodbye(Goodbye goodbye);
    }
}
