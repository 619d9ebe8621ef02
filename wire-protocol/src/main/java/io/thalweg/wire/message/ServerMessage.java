package io.thalweg.wire.message;

/**
 * What a server says. The life of a query is: at most one {@link ResultHeader}, then any number of {@link Rows} and
 * {@link Progress}, then exactly one {@link Completed} or {@link Failed}, also if the client cancelled or closed it.
 */
public sealed interface ServerMessage
        permits Welcome, Prepared, ResultHeader, Rows, Progress, Completed, Failed, Pong, Heartbeat {
    <R> R accept(Visitor<R> visitor);

    /** One method for each message. */
    interface Visitor<R> {
        R visitWelcome(Welcome welcome);

        R visitPrepared(Prepared prepared);

        R visitResultHeader(ResultHeader header);

        R visitRows(Rows rows);

        R visitProgress(Progress progress);

        R visitCompleted(Completed completed);

        R visitFailed(Failed failed);

        R visitPong(Pong pong);

        R visitHeartbeat(Heartbeat heartbeat);
    }
}
