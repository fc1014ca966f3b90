package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.FunctionBodies.Body;
import lazaret.vetting.inspect.code.SourceTokens;

/// Variables of the CI runner that functions return, and that do not affect any code that reaches
/// the network.
final class CiVariables {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:GITHUB|GITLAB|CI|JENKINS|CIRCLE|TRAVIS|BUILDKITE|DRONE|TEAMCITY|BITBUCKET|APPVEYOR"
              + "|CODEBUILD|BAMBOO)(?:CI)?(?:_[A-Z0-9_]+)?|TF_BUILD");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  CiVariables(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    int[] variables =
        Arrays.stream(code.strings())
            .filter(i -> !places.tests().get(i) && variable(code.literal(i)))
            .toArray();
    if (variables.length == 0) {
      return;
    }
    BitSet fetches = NetworkCalls.find(code, values, places);
    Set<String> askers = new HashSet<>();
    FunctionBodies bodies = new FunctionBodies(code, places.tests());
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
