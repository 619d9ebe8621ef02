package io.thalweg.runtime.expression;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads from a class file how long the code of its methods is. */
final class ClassFileMethods {
    private ClassFileMethods() {}

    static int longest(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8);
        String[] texts = constants(in);
        in.skipBytes(6);
        in.skipBytes(2 * in.readUnsignedShort());
        members(in, texts);
        return members(in, texts);
    }

    private static String[] constants(DataInputStream in) throws IOException {
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                default -> in.skipBytes(4);
            }
        }
        return texts;
    }

    /** Skips fields or methods and returns the length of the longest code. */
    private static int members(DataInputStream in, String[] texts) throws IOException {
        int longest = 0;
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipBytes(6);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String name = texts[in.readUnsignedShort()];
                byte[] content = new byte[in.readInt()];
                in.readFully(content);
                if (name.equals("Code")) {
                    DataInputStream code = new DataInputStream(new ByteArrayInputStream(content));
                    code.skipBytes(4);
                    longest = Math.max(longest, code.readInt());
                }
            }
        }
        return longest;
    }
}
