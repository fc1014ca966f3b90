package lazaret.sandbox.filter;

import java.util.List;

/// When a rule fits a call: all tests must hold. Without tests it always fits.
record Condition(List<Test> tests) {
  Condition {
    tests = List.copyOf(tests);
  }

  /// Returns the condition that the first argument has a value.
  static Condition first(int value) {
    return new Condition(List.of(new Test(0, false, -1, true, List.of(value))));
  }

  /// One test of one argument: whether its masked value is (`among`) or is not one of the values.
  ///
  /// @param argument 0 to 5
  /// @param whole whether all 64 bits are folded into the value (lower half or upper half), for
  ///   pointers; else the lower 32 bits are taken
  record Test(int argument, boolean whole, int mask, boolean among, List<Integer> values) {
    static final int ARGUMENTS = 6;

    Test {
      values = List.copyOf(values);
      if (argument < 0 || argument >= ARGUMENTS || values.isEmpty()) {
        throw new IllegalArgumentException(
            "a test of argument a%d of %s".formatted(argument, values));
      }
    }

    boolean holds(long argumentValue) {
      int low = (int) argumentValue;
      int value = (whole ? low | (int) (argumentValue >>> 32) : low) & mask;
      return values.contains(value) == among;
    }
  }

  boolean holds(long[] arguments) {
    return tests.stream().allMatch(t -> t.holds(arguments[t.argument()]));
  }
}
