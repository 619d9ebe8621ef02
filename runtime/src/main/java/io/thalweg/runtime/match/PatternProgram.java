package io.thalweg.runtime.match;

import io.thalweg.model.plan.RowPattern;
import java.util.Arrays;

/**
 * A row pattern as the instructions of a backtracking machine: Thompson's, with the order of preference that Pike gave it
 * (Russ Cox, Regular Expression Matching: the Virtual Machine Approach, 2009).
 */
final class PatternProgram {
    /** Takes one row for a variable: the operand is its number, the second one 1 if the row is not shown. */
    static final int ROW = 0;
    /** Goes on at the operand or, if that leads nowhere, at the second one. */
    static final int SPLIT = 1;
    /** Goes on at the operand. */
    static final int JUMP = 2;
    /** Goes on at the beginning of a partition only. */
    static final int START = 3;
    /** Goes on at the end of a partition only. */
    static final int END = 4;
    /** Remembers the place in the register that is the operand. */
    static final int MARK = 5;
    /** Goes on only if a row was taken since the register that is the operand was marked. */
    static final int PROGRESS = 6;
    /** The end of the pattern. */
    static final int MATCH = 7;

    /** In place of an instruction to go on at: the pattern has ended. */
    static final int MATCH_FOUND = Integer.MAX_VALUE;

    private static final int WORDS = 3;

    private int[] code = new int[32 * WORDS];
    private int size;
    private int registers;

    private PatternProgram() {}

    static PatternProgram of(RowPattern pattern) {
        PatternProgram program = new PatternProgram();
        program.append(pattern);
        program.emit(MATCH, 0, 0);
        return program;
    }

    int operation(int place) {
        return code[place * WORDS];
    }

    int operand(int place) {
        return code[place * WORDS + 1];
    }

    int second(int place) {
        return code[place * WORDS + 2];
    }

    int size() {
        return size;
    }

    int registers() {
        return registers;
    }

    /** Whether there is such an instruction. */
    boolean has(int operation) {
        for (int place = 0; place < size; place++) {
            if (operation(place) == operation) {
                return true;
            }
        }
        return false;
    }

    private int emit(int operation, int operand, int second) {
        if ((size + 1) * WORDS > code.length) {
            code = Arrays.copyOf(code, code.length * 2);
        }
        code[size * WORDS] = operation;
        code[size * WORDS + 1] = operand;
        code[size * WORDS + 2] = second;
        return size++;
    }

    private void append(RowPattern pattern) {
        if (pattern instanceof RowPattern.Variable variable) {
            emit(ROW, variable.index(), variable.excluded() ? 1 : 0);
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            sequence.parts().forEach(this::append);
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            appendOneOf(alternation);
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            appendRepetition(repetition);
        } else if (pattern instanceof RowPattern.Anchor anchor) {
            emit(anchor.atStart() ? START : END, 0, 0);
        }
    }

    private void appendOneOf(RowPattern.Alternation alternation) {
        int count = alternation.parts().size();
        int[] jumps = new int[count];
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            int split = last ? 0 : emit(SPLIT, size + 1, 0);
            append(alternation.parts().get(i));
            if (!last) {
                jumps[i] = emit(JUMP, 0, 0);
                code[split * WORDS + 2] = size;
            }
        }
        for (int i = 0; i < count - 1; i++) {
            code[jumps[i] * WORDS + 1] = size;
        }
    }

    private void appendRepetition(RowPattern.Repetition repetition) {
        for (int i = 0; i < repetition.least(); i++) {
            append(repetition.part());
        }
        if (repetition.most() == RowPattern.UNLIMITED) {
            appendLoop(repetition);
            return;
        }
        int optional = repetition.most() - repetition.least();
        int[] splits = new int[optional];
        for (int i = 0; i < optional; i++) {
            splits[i] = emitSplit(repetition.reluctant());
            appendTaking(repetition.part());
        }
        for (int split : splits) {
            setExit(split, repetition.reluctant());
        }
    }

    private void appendLoop(RowPattern.Repetition repetition) {
        int split = emitSplit(repetition.reluctant());
        appendTaking(repetition.part());
        emit(JUMP, split, 0);
        setExit(split, repetition.reluctant());
    }

    /** A part that could be left out as well, and so has to take a row: one that takes none would only repeat itself. */
    private void appendTaking(RowPattern part) {
        if (!mayBeEmpty(part)) {
            append(part);
            return;
        }
        int register = registers++;
        emit(MARK, register, 0);
        append(part);
        emit(PROGRESS, register, 0);
    }

    /** A choice between what follows and an exit that is set later. */
    private int emitSplit(boolean exitFirst) {
        int split = emit(SPLIT, 0, 0);
        code[split * WORDS + (exitFirst ? 2 : 1)] = size;
        return split;
    }

    private void setExit(int split, boolean exitFirst) {
        code[split * WORDS + (exitFirst ? 1 : 2)] = size;
    }

    private static boolean mayBeEmpty(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().stream().allMatch(PatternProgram::mayBeEmpty);
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            return alternation.parts().stream().anyMatch(PatternProgram::mayBeEmpty);
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            return repetition.least() == 0 || mayBeEmpty(repetition.part());
        }
        return pattern instanceof RowPattern.Anchor;
    }
}
