package lazaret.vetting.inspect.code;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Parameters with data of other machines. They belong to handlers of web servers, services and
/// queues, by their types or because the function is a route.
public final class HandlerParameters {
  private static final WordSet FN = WordSet.of("fn");
  private static final WordSet FRAMEWORKS =
      WordSet.split(
          "axum actix_web warp rocket poem tonic tide salvo gotham ntex hyper lambda_http"
              + " lambda_runtime tiny_http rouille async_graphql juniper serenity teloxide poise"
              + " rdkafka lapin rumqttc async_nats jsonrpsee tarpc volo trillium viz thruster iron"
              + " nickel loco_rs leptos_axum apalis fang faktory sidekiq rusty_celery celery"
              + " paho_mqtt pulsar zmq zeromq nats twilight_model");
  private static final Set<String> TYPES =
      Set.of(
          ("Json Query Form HeaderMap HttpRequest Request Multipart WebSocket RawQuery RawForm"
                  + " Parts Message Delivery BorrowedMessage OwnedMessage Publish Update LambdaEvent"
                  + " CookieJar Cookies TypedHeader Payload MultipartForm Interaction"
                  + " CommandInteraction ServerRequest")
              .split(" ", -1));
  private static final Set<String> PLAIN =
      Set.of("String", "Bytes", "str", "Vec", "Body", "Value", "Path");
  private static final Pattern STATE = Pattern.compile("State|Extension|Data|Arc|Context|Depends");

  private HandlerParameters() {}

  /// Returns the numbers of the names of the parameters. Empty if the source names no server,
  /// service or queue.
  public static Set<Integer> parameters(SourceTokens code, BitSet tests) {
    Set<Integer> names = new HashSet<>();
    if (!code.has(FRAMEWORKS)) {
      return names;
    }
    Set<String> routed = new HashSet<>();
    for (int i = 0; i < code.size(); i++) {
      boolean opens = code.is(i, '(') || code.is(i, ',');
      boolean ends = code.is(i + 2, ')') || code.is(i + 2, ',');
      if (opens && ends && !code.word(i + 1).isEmpty()) {
        routed.add(code.word(i + 1));
      }
    }
    for (int i : code.at(FN)) {
      if (!tests.get(i)) {
        int open = i + 2;
        while (open < Math.min(code.size(), i + 64) && !code.is(open, '(')) {
          open++;
        }
        boolean route = routed.contains(code.word(i + 1)) && code.is(i - 1, "async");
        for (Range each : code.arguments(open)) {
          parameter(code, each, route, names);
        }
      }
    }
    for (int i = 1; i < code.size(); i++) {
      boolean begins = code.is(i, '|') && (code.is(i - 1, '(') || code.is(i - 1, "move"));
      int end = begins && !tests.get(i) ? code.until(i + 1, '|') : i;
      if (end > i + 2 && code.is(end, '|')) {
        int from = i + 1;
        for (int k = from; k <= end; k++) {
          if (k == end || code.is(k, ',')) {
            parameter(code, new Range(from, k), true, names);
            from = k + 1;
          }
        }
      }
    }
    return names;
  }

  private static void parameter(SourceTokens code, Range range, boolean route, Set<Integer> names) {
    int colon = range.from();
    while (colon < range.to() && !code.is(colon, ':')) {
      colon = code.close(colon) + 1;
    }
    boolean sent = false;
    for (int i = colon + 1; i < range.to(); i++) {
      if (STATE.matcher(code.word(i)).matches()) {
        return;
      }
      sent |= TYPES.contains(code.word(i)) || (route && PLAIN.contains(code.word(i)));
    }
    for (int i = range.from(); i < colon && sent; i++) {
      String word = code.word(i);
      if (!word.isEmpty()
          && Character.isLowerCase(word.charAt(0))
          && !List.of("mut", "self", "ref").contains(word)) {
        names.add(code.identified(i));
      }
    }
  }
}
