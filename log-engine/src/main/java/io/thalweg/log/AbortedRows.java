package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.producer.TransactionTable.Ended;
import java.util.List;

/** Tells the rows of aborted transactions in an interval of offsets that lies below the last stable offset. */
record AbortedRows(List<Ended> transactions) {
    AbortedRows {
        transactions = List.copyOf(transactions);
    }

    /** Those whose markers are below an offset, and so there for good. */
    AbortedRows endedBelow(long offset) {
        return new AbortedRows(
                transactions.stream().filter(one -> one.markerOffset() < offset).toList());
    }

    boolean contains(Frame frame) {
        if (transactions.isEmpty() || !frame.producer().transactional()) {
            return false;
        }
        long producerId = frame.producer().producerId();
        long offset = frame.baseOffset();
        for (Ended one : transactions) {
            if (one.producerId() == producerId && one.firstOffset() <= offset && offset < one.markerOffset()) {
                return true;
            }
        }
        return false;
    }
}
