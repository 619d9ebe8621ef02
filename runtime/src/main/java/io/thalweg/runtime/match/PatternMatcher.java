package io.thalweg.runtime.match;

import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternVariable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Looks for a row pattern from a place on: the first match in the order of preference that the pattern gives, by backtracking.
 * Where all that may follow depends on single rows, a state that has failed is not tried again, so that an attempt takes time
 * proportional to the rows it looks at, times the size of the pattern. One owner thread.
 */
final class PatternMatcher {
    /** An attempt that backtracks more often than this remembers where it failed. */
    private static final int PATIENCE = 32;
    /** How many steps go by between looks at whether the query was cancelled. */
    private static final int STEPS_PER_LOOK = 4_096;

    private final PatternProgram program;
    private final VariableCondition[] conditions;
    /** The instructions from which on it matters how rows before were mapped. */
    private final BitSet remembering;

    private final OptionalLong within;
    private final int timeColumn;
    private final int ahead;
    private final Runnable cancellationCheck;
    private final MappedRows mapped = new MappedRows();
    private final BitSet failed = new BitSet();
    private final int[] registers;
    /** Choices and old values of registers, two numbers each; a register's number is stored as -1 less it. */
    private int[] stack = new int[128];

    private int depth;
    private int steps;
    private int backtracks;
    private int examined;

    PatternMatcher(MatchNode node, Runnable cancellationCheck) {
        this.program = PatternProgram.of(node.pattern().rows());
        this.conditions = new VariableCondition[node.pattern().variables().size()];
        BitSet fixed = program.fixedVariables();
        BitSet bound = new BitSet();
        int greatest = 0;
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = new VariableCondition(node, i);
            bound.set(i, !conditions[i].isLocal(i, fixed));
            greatest = Math.max(greatest, ahead(node.pattern().variables().get(i)));
        }
        this.remembering = program.leadingTo(bound);
        this.ahead = greatest;
        this.within = node.pattern().withinMicros();
        this.timeColumn = within.isPresent() ? node.order().get(0).column() : -1;
        this.registers = new int[program.registers()];
        this.cancellationCheck = cancellationCheck;
    }

    /** How many rows behind the current one a condition looks. */
    private static int ahead(PatternVariable variable) {
        return variable.condition()
                .map(c -> c.navigations().stream()
                        .mapToInt(n -> n instanceof Navigation.RowValue value
                                ? value.row().distance()
                                : 0)
                        .max()
                        .orElse(0))
                .map(distance -> Math.max(0, distance))
                .orElse(0);
    }

    /** Whether the pattern asks for the beginning of the partition. */
    boolean asksForStart() {
        return program.has(PatternProgram.START);
    }

    /** Begins with other rows. */
    void begin(MatchRows rows) {
        for (VariableCondition condition : conditions) {
            condition.prepare(rows);
        }
    }

    /** The rows of the match that was found last. */
    MappedRows mapped() {
        return mapped;
    }

    /** The place behind the last one that the last attempt has looked at; beyond the end if it has looked for more rows. */
    int examined() {
        return examined;
    }

    /** Whether there is a match that begins at a place. */
    boolean matches(MatchRows rows, int start, long number) {
        mapped.begin(start);
        depth = 0;
        backtracks = 0;
        failed.clear();
        examined = start + 1;
        int at = 0;
        int place = start;
        while (true) {
            if (++steps % STEPS_PER_LOOK == 0) {
                cancellationCheck.run();
            }
            int next = step(rows, at, place, number);
            if (next == PatternProgram.MATCH_FOUND) {
                mapped.cut(place);
                return true;
            }
            if (next >= 0) {
                place += program.operation(at) == PatternProgram.ROW ? 1 : 0;
                at = next;
            } else {
                int choice = backtrack();
                if (choice < 0) {
                    return false;
                }
                at = stack[choice];
                place = stack[choice + 1];
            }
        }
    }

    /** Where to go on; below 0 if this leads nowhere. */
    private int step(MatchRows rows, int at, int place, long number) {
        int operand = program.operand(at);
        return switch (program.operation(at)) {
            case PatternProgram.ROW -> takes(rows, at, place, number) ? at + 1 : -1;
            case PatternProgram.SPLIT -> split(at, place);
            case PatternProgram.JUMP -> operand;
            case PatternProgram.START -> place == 0 && rows.fromStart() ? at + 1 : -1;
            case PatternProgram.END -> {
                examined = Math.max(examined, Math.max(place, rows.end()) + 1);
                yield place == rows.end() ? at + 1 : -1;
            }
            case PatternProgram.MARK -> {
                push(-1 - operand, registers[operand]);
                registers[operand] = place;
                yield at + 1;
            }
            case PatternProgram.PROGRESS -> place > registers[operand] ? at + 1 : -1;
            default -> PatternProgram.MATCH_FOUND;
        };
    }

    private boolean takes(MatchRows rows, int at, int place, long number) {
        examined = Math.max(examined, place + 1 + ahead);
        if (place >= rows.end() || !isInTime(rows, place)) {
            return false;
        }
        int variable = program.operand(at);
        mapped.map(place, variable, program.second(at) != 0);
        return conditions[variable].holds(rows, mapped, place, number);
    }

    private boolean isInTime(MatchRows rows, int place) {
        if (within.isEmpty()) {
            return true;
        }
        LongColumn times = (LongColumn) rows.columns()[timeColumn];
        int first = mapped.start() - rows.first();
        int current = place - rows.first();
        return !times.isNull(first)
                && !times.isNull(current)
                && times.value(current) - times.value(first) < within.getAsLong();
    }

    private int split(int at, int place) {
        if (backtracks > PATIENCE && !remembering.get(at)) {
            long progress = program.hasProgress(at, place, registers) ? 1 : 0;
            long state = 2 * ((long) (place - mapped.start()) * program.size() + at) + progress;
            if (state < Integer.MAX_VALUE) {
                if (failed.get((int) state)) {
                    return -1;
                }
                failed.set((int) state);
            }
        }
        push(program.second(at), place);
        return program.operand(at);
    }

    private void push(int first, int second) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = first;
        stack[depth++] = second;
    }

    /** Goes back to the last choice; where it is on the stack, or -1 if there is none. */
    private int backtrack() {
        backtracks++;
        while (depth > 0) {
            depth -= 2;
            if (stack[depth] >= 0) {
                return depth;
            }
            registers[-1 - stack[depth]] = stack[depth + 1];
        }
        return -1;
    }
}
