package io.thalweg.wire;

/** The numbers both ends of a connection agree on before they have said a word. */
public final class WireLimits {
    /** The version of the protocol that this code speaks. */
    public static final int VERSION = 1;

    /** The largest frame, in bytes after the length field, before the server has sent its welcome. */
    public static final int MAX_HANDSHAKE_FRAME_BYTES = 64 << 10;

    /** The largest frame, in bytes after the length field, once the server has sent its welcome. */
    public static final int MAX_FRAME_BYTES = 16 << 20;

    /** What the body of the first frame of either side starts with: the letters {@code THLW}. */
    public static final int MAGIC = 0x54484C57;

    /** The port a server listens on unless it is told otherwise. */
    public static final int DEFAULT_PORT = 7400;

    /** A server that has nothing else to send sends a heartbeat this often. */
    public static final long HEARTBEAT_MILLIS = 10_000;

    private WireLimits() {}
}
