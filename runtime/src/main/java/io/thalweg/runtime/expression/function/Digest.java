package io.thalweg.runtime.expression.function;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A cryptographic hash of values, as lower-case hexadecimal text. One owner thread. */
public final class Digest {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final MessageDigest digest;
    private final byte[] hash;

    public Digest(String algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm);
            hash = new byte[digest.getDigestLength()];
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has " + algorithm, missing);
        }
    }

    public void hexadecimal(Slice value, Slice result) {
        hash(value);
        byte[] bytes = result.reserve(2L * hash.length);
        for (int i = 0; i < hash.length; i++) {
            bytes[2 * i] = DIGITS[hash[i] >> 4 & 15];
            bytes[2 * i + 1] = DIGITS[hash[i] & 15];
        }
        result.length = 2 * hash.length;
    }

    public void binary(Slice value, Slice result) {
        hash(value);
        System.arraycopy(hash, 0, result.reserve(hash.length), 0, hash.length);
        result.length = hash.length;
    }

    private void hash(Slice value) {
        digest.update(value.data, value.start, value.length);
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException("the buffer has the digest's length", impossible);
        }
    }
}
