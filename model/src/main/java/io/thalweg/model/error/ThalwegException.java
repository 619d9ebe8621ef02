package io.thalweg.model.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that is meant for a user. The message is lower case without a full stop and names the object and its kind;
 * detail and hint are whole sentences.
 */
public final class ThalwegException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable SourceSpan span;
    private final @Nullable String hint;

    public ThalwegException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public ThalwegException(ErrorCode code, String message, Throwable cause) {
        this(code, message, null, null, cause);
    }

    private ThalwegException(
            ErrorCode code,
            String message,
            @Nullable SourceSpan span,
            @Nullable String hint,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.span = span;
        this.hint = hint;
    }

    /** This error with a place in the user's text; an older place is replaced. */
    public ThalwegException at(SourceSpan place) {
        return copy(place, hint);
    }

    /** This error with a sentence that tells the user what to do. */
    public ThalwegException withHint(String sentence) {
        return copy(span, sentence);
    }

    private ThalwegException copy(@Nullable SourceSpan newSpan, @Nullable String newHint) {
        ThalwegException copy = new ThalwegException(code, message(), newSpan, newHint, getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message, which is never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Optional<SourceSpan> span() {
        return Optional.ofNullable(span);
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
