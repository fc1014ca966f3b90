package lazaret.sandbox.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.Violation;

/// A reader of the table of rules. The first lines of the table explain its format.
final class SyscallRuleReader {
  private static final Pattern CONSTANT = Pattern.compile("([A-Z0-9_]+)\\s*=\\s*(\\w+)");
  private static final Pattern TEST =
      Pattern.compile("a([0-5])(:64)?(?: & (\\w+))? (==|!=|in|not in) ([\\w,]+)");
  private static final int COLUMNS = 6;

  private final Map<String, Integer> constants = new HashMap<>();
  private final List<SyscallRule> rules = new ArrayList<>();

  private SyscallRuleReader() {}

  /// Reads the lines of a table.
  ///
  /// @throws IllegalArgumentException if a line is malformed; the message contains it
  static List<SyscallRule> read(List<String> lines) {
    SyscallRuleReader reader = new SyscallRuleReader();
    for (String line : lines) {
      String text = line.replaceFirst("#.*", "").strip();
      try {
        reader.readLine(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("rules.txt: " + line + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(reader.rules);
  }

  private void readLine(String text) {
    if (text.isEmpty()) {
      return;
    }
    Matcher constant = CONSTANT.matcher(text);
    if (constant.matches()) {
      constants.put(constant.group(1), value(constant.group(2)));
      return;
    }
    String[] columns = text.split("\\s*\\|\\s*", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException(
          "expected %d columns, found %d".formatted(COLUMNS, columns.length));
    }
    rules.add(
        new SyscallRule(
            List.of(columns[0].split("\\s+")),
            SyscallRule.Scope.valueOf(columns[1].toUpperCase(Locale.ROOT)),
            condition(columns[2]),
            columns[3].equals("ALLOW") ? Optional.empty() : Optional.of(Errno.valueOf(columns[3])),
            columns[4].equals("-")
                ? Optional.empty()
                : Optional.of(Violation.Kind.valueOf(columns[4])),
            columns[5]));
  }

  private ArgumentCondition condition(String when) {
    if (when.equals("always")) {
      return new ArgumentCondition(List.of());
    }
    return new ArgumentCondition(Arrays.stream(when.split(" and ", -1)).map(this::test).toList());
  }

  private ArgumentCondition.Test test(String text) {
    Matcher test = TEST.matcher(text);
    if (!test.matches()) {
      throw new IllegalArgumentException("cannot read the test of an argument: " + text);
    }
    String mask = test.group(3);
    String relation = test.group(4);
    return new ArgumentCondition.Test(
        Integer.parseInt(test.group(1)),
        test.group(2) != null,
        mask == null ? -1 : value(mask),
        relation.equals("==") || relation.equals("in"),
        Arrays.stream(test.group(5).split(",", -1)).map(this::value).toList());
  }

  private int value(String word) {
    Integer constant = constants.get(word);
    return constant == null ? (int) (long) Long.decode(word) : constant;
  }
}
