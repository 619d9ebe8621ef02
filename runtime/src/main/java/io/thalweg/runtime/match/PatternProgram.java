package io.thalweg.runtime.match;

import io.thalweg.model.plan.RowPattern;
import java.util.Arrays;
import java.util.BitSet;

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

    private static final int NO_REGISTER = -1;

    private int[] code = new int[32 * WORDS];
    private int size;
    private int registers;
    /** Of each instruction the register of the innermost part around it that has to take a row. */
    private int[] innermost = {};

    private PatternProgram() {}

    static PatternProgram of(RowPattern pattern) {
        PatternProgram program = new PatternProgram();
        program.append(pattern);
        program.emit(MATCH, 0, 0);
        program.innermost = Arrays.copyOf(program.innermost, program.size);
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

    /**
     * Whether a row was taken since the innermost part began that an instruction is in and that has to take one. Nothing else of the
     * registers matters there: what has taken a row inside has taken one outside.
     */
    boolean hasProgress(int at, int place, int[] marks) {
        return innermost[at] == NO_REGISTER || place > marks[innermost[at]];
    }

    /** Which instructions lead to rows of some variables. */
    BitSet leadingTo(BitSet variables) {
        BitSet leading = new BitSet();
        int before;
        do {
            before = leading.cardinality();
            for (int at = size - 1; at >= 0; at--) {
                boolean own = operation(at) == ROW && variables.get(operand(at));
                boolean next = switch (operation(at)) {
                    case SPLIT -> leading.get(operand(at)) || leading.get(second(at));
                    case JUMP -> leading.get(operand(at));
                    case MATCH -> false;
                    default -> leading.get(at + 1);
                };
                leading.set(at, own || next);
            }
        } while (leading.cardinality() > before);
        return leading;
    }

    /** The variables with one row each, and in every match the same: those that the pattern begins with and that do not come again. */
    BitSet fixedVariables() {
        int[] times = new int[size + 1];
        for (int at = 0; at < size; at++) {
            if (operation(at) == ROW) {
                times = operand(at) < times.length ? times : Arrays.copyOf(times, operand(at) + 1);
                times[operand(at)]++;
            }
        }
        BitSet fixed = new BitSet();
        for (int at = 0; operation(at) == ROW || operation(at) == START; at++) {
            if (operation(at) == ROW && times[operand(at)] == 1) {
                fixed.set(operand(at));
            }
        }
        return fixed;
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
        if (size == innermost.length) {
            innermost = Arrays.copyOf(innermost, Math.max(32, size * 2));
        }
        innermost[size] = NO_REGISTER;
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
        int mark = emit(MARK, register, 0);
        append(part);
        int progress = emit(PROGRESS, register, 0);
        for (int place = mark + 1; place <= progress; place++) {
            innermost[place] = innermost[place] == NO_REGISTER ? register : innermost[place];
        }
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
