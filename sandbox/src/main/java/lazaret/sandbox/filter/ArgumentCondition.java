package lazaret.sandbox.filter;

import java.util.List;

/// The condition of a rule on the arguments of a call. All tests must hold; without tests it always
/// holds.
///
/// @param tests the tests
record ArgumentCondition(List<Test> tests) {
  ArgumentCondition {
    tests = List.copyOf(tests);
  }

  /// Returns the condition that the first argument has a value.
  static ArgumentCondition first(int value) {
    return new ArgumentCondition(List.of(new Test(0, false, -1, true, List.of(value))));
  }

  /// A test of one argument: whether its masked value is one of the values (`among`), or is not.
  ///
  /// @param argument the index of the argument, 0 to 5
  /// @param whole whether the lower and the upper half of the 64 bits are combined by OR, for
  ///   pointers; otherwise the lower 32 bits are used
  /// @param mask the mask of the value
  /// @param among whether the value must be among the values; otherwise it must not be
  /// @param values the values
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
