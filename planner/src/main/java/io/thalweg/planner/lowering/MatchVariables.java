package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** The names in a row pattern: variables, which have numbers, and subsets of them. */
final class MatchVariables {
    private final List<String> names = new ArrayList<>();
    private final Map<String, SortedSet<String>> subsets;

    MatchVariables(Map<String, SortedSet<String>> subsets) {
        this.subsets = subsets;
    }

    /** The number of a variable of the pattern. */
    int number(String name) {
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            return names.size() - 1;
        }
        return known;
    }

    List<String> names() {
        return names;
    }

    /** The variables that a name stands for; none if it stands for all rows. */
    List<Integer> named(String name) {
        if (names.contains(name)) {
            return List.of(names.indexOf(name));
        }
        // Calcite calls the rows of all variables by the name of the table.
        return subsets.containsKey(name)
                ? subsets.get(name).stream()
                        .filter(names::contains)
                        .map(names::indexOf)
                        .toList()
                : List.of();
    }

    /** The variables to whose rows the arguments of an aggregate belong. */
    List<Integer> only(List<RexNode> arguments) {
        Set<List<Integer>> found = new HashSet<>();
        RexVisitorImpl<@Nullable Void> variables = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitPatternFieldRef(RexPatternFieldRef column) {
                found.add(named(column.getAlpha()));
                return null;
            }
        };
        arguments.forEach(argument -> argument.accept(variables));
        if (found.size() > 1) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "an aggregate over columns of several pattern variables is not supported");
        }
        return found.stream().findFirst().orElse(List.of());
    }
}
