package io.thalweg.benchmarks.log.client;

/** What a client does when it is told to. One thread calls. */
public interface Load extends AutoCloseable {
    /** Makes the place that rows go to, empty; later appends and reads are of it. */
    void create(String name, boolean sync) throws Exception;

    /** Returns when so many rows are acknowledged. */
    void append(long rows) throws Exception;

    /** Reads all rows, which are so many, from the beginning, and touches each. */
    void read(long rows) throws Exception;

    @Override
    void close();
}
