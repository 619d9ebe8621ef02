package io.thalweg.log;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.producer.ProducerRefusedException;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;

/** Why something is not done; makes a new exception for each caller. */
record Refusal(ErrorCode code, String message) {
    ThalwegException exception() {
        return new ThalwegException(code, message);
    }

    ThalwegException exception(Throwable cause) {
        return new ThalwegException(code, message, cause);
    }

    static Refusal closedShard(PartitionId id) {
        return new Refusal(ErrorCode.PARTITION_CLOSED, id + " is closed: a split or a merge has replaced it");
    }

    static Refusal dropped(PartitionId id) {
        return new Refusal(ErrorCode.UNDEFINED_OBJECT, id + " was dropped");
    }

    static Refusal corrupted(PartitionId id, long offset, String reason) {
        return new Refusal(ErrorCode.DATA_CORRUPTED, id + " is corrupted at offset " + offset + ": " + reason);
    }

    static ThalwegException ofProducer(PartitionId id, ProducerRefusedException cause) {
        return new ThalwegException(
                ErrorCode.PROTOCOL_VIOLATION, "append to " + id + " is refused: " + cause.getMessage(), cause);
    }

    static Refusal offline(PartitionId id, Throwable cause) {
        return new Refusal(
                ErrorCode.PARTITION_OFFLINE,
                id + " is offline until the next start, after a failure of its disk: " + cause.getMessage());
    }

    static Refusal writeFailed(PartitionId id, Throwable cause) {
        return new Refusal(
                ErrorCode.IO_ERROR, "write to " + id + " failed, its outcome is open: " + cause.getMessage());
    }

    static Refusal diskFull(PartitionId id) {
        return new Refusal(ErrorCode.DISK_FULL, "disk is full, nothing was appended to " + id);
    }

    /** A failure of the disk that concerns more than an append. */
    static ThalwegException ofDisk(String what, IOException cause) {
        ErrorCode code = cause instanceof DiskFullException ? ErrorCode.DISK_FULL : ErrorCode.IO_ERROR;
        return new ThalwegException(code, what + ": " + cause.getMessage(), cause);
    }

    static Refusal closed() {
        return new Refusal(ErrorCode.SERVER_SHUTTING_DOWN, "log is closed");
    }
}
