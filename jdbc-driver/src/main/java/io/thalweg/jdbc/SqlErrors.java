package io.thalweg.jdbc;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

/** Errors as JDBC throws them: the class by SQLSTATE, the vendor code by number, the {@link ThalwegException} as cause. */
final class SqlErrors {
    private SqlErrors() {}

    static SQLException of(ThalwegException error) {
        String message =
                error.span().map(span -> error.message() + " (" + span + ")").orElse(error.message());
        String state = error.code().sqlState();
        int number = error.code().number();
        switch (error.code()) {
            case QUERY_TIMEOUT:
                return new SQLTimeoutException(message, state, number, error);
            case CONNECTION_FAILED, TOO_MANY_CONNECTIONS, SERVER_SHUTTING_DOWN:
                return new SQLTransientConnectionException(message, state, number, error);
            default:
                return ofClass(state.substring(0, 2), message, error);
        }
    }

    private static SQLException ofClass(String stateClass, String message, ThalwegException error) {
        String state = error.code().sqlState();
        int number = error.code().number();
        return switch (stateClass) {
            case "42", "07", "26", "2B" -> new SQLSyntaxErrorException(message, state, number, error);
            case "0A" -> new SQLFeatureNotSupportedException(message, state, number, error);
            case "21", "22" -> new SQLDataException(message, state, number, error);
            case "23" -> new SQLIntegrityConstraintViolationException(message, state, number, error);
            case "28" -> new SQLInvalidAuthorizationSpecException(message, state, number, error);
            case "08" -> new SQLNonTransientConnectionException(message, state, number, error);
            case "53" -> new SQLTransientException(message, state, number, error);
            default -> new SQLException(message, state, number, error);
        };
    }

    /** A call on something that was closed. */
    static SQLException closed(String what) {
        return state(what + " is closed");
    }

    /** An argument that the method does not take. */
    static SQLException argument(String message) {
        return of(new ThalwegException(ErrorCode.ARGUMENT_OUT_OF_RANGE, message));
    }

    /** A call in a state in which it makes no sense. */
    static SQLException state(String message) {
        return new SQLException(message, "55000");
    }

    /** A statement without text. */
    static SQLException noText() {
        return argument("the text of a statement must not be null");
    }

    static SQLFeatureNotSupportedException unsupported(String message) {
        return new SQLFeatureNotSupportedException(
                message, ErrorCode.FEATURE_NOT_SUPPORTED.sqlState(), ErrorCode.FEATURE_NOT_SUPPORTED.number());
    }
}
