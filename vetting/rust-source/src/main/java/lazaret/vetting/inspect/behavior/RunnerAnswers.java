package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Places;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.behavior.Bodies.Body;

/// Variables of the CI runner that functions return, and that do not affect any code that reaches
/// the network.
final class RunnerAnswers {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:GITHUB|GITLAB|CI|JENKINS|CIRCLE|TRAVIS|BUILDKITE|DRONE|TEAMCITY|BITBUCKET|APPVEYOR"
              + "|CODEBUILD|BAMBOO)(?:CI)?(?:_[A-Z0-9_]+)?|TF_BUILD");

  private final Code code;
  private final Values values;
  private final Receiver receiver;

  RunnerAnswers(Code code, Values values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Places places) {
    int[] variables =
        Arrays.stream(code.strings())
            .filter(i -> !places.tests().get(i) && variable(code.literal(i)))
            .toArray();
    if (variables.length == 0) {
      return;
    }
    BitSet fetches = Fetches.find(code, values, places);
    Set<String> askers = new HashSet<>();
    Bodies bodies = new Bodies(code, places.tests());
    for (int i : variables) {
      Body body = bodies.around(i);
      if (body == null || reaches(body, fetches)) {
        return;
      }
      askers.add(body.name());
    }
    for (Body body : bodies.all()) {
      if (reaches(body, fetches) && calls(body, askers)) {
        return;
      }
    }
    receiver.found(Behavior.RUNNER_ANSWER, variables[0], "");
  }

  private static boolean variable(String text) {
    return text.length() > 1
        && text.charAt(1) >= 'A'
        && text.charAt(1) <= 'Z'
        && VARIABLE.matcher(text).matches();
  }

  private static boolean reaches(Body body, BitSet fetches) {
    int next = fetches.nextSetBit(body.open());
    return next >= 0 && next < body.close();
  }

  private boolean calls(Body body, Set<String> functions) {
    for (int i = body.open(); i < body.close(); i++) {
      if (functions.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }
}
