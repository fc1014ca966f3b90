package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SecretNames;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// The rules for valuable data in calls that send, by any client, resolver or socket.
public final class FlowRules {
  /// Methods that only senders have.
  private static final WordSet SENDS =
      WordSet.of(
          ("body json form query header headers multipart send_json send_form send_string"
                  + " send_bytes send_body with_body with_json with_header with_param with_query"
                  + " add_header set_header append_header insert_header body_json body_string"
                  + " body_bytes send_to build_memo memo set_body put_object post_fields"
                  + " post_fields_copy custom_request query_pairs append_pair user_agent cookie")
              .split(" ", -1));

  /// Methods and functions that send if they belong to a connection or a client.
  private static final WordSet GENERIC =
      WordSet.of(
          ("get post put patch delete head request send write_all set call execute publish emit"
                  + " part add_part insert append connect lookup_host to_socket_addrs resolve"
                  + " lookup_ip ipv4_lookup txt_lookup upload write_str post_form send_message"
                  + " send_text url uri broadcast notify track capture capture_message"
                  + " send_transaction perform")
              .split(" ", -1));

  /// Functions of the crate itself that send, by their names.
  private static final WordSet OWN =
      WordSet.of(
          ("send post upload report transmit submit publish notify track beacon push_event emit"
                  + " send_event deliver relay forward sync ship exfil post_json http_post")
              .split(" ", -1));

  /// Those of them that are too common for values other than keys.
  private static final Set<String> COMMON =
      Set.of(
          "set", "connect", "call", "execute", "insert", "append", "url", "uri", "perform",
          "delete", "head");

  private static final WordSet MEMOS = WordSet.of("build_memo", "memo", "send_to");
  private static final WordSet JOIN = WordSet.of("join");
  private static final WordSet CALLS = SENDS.and(GENERIC, OWN, MEMOS, JOIN);

  /// Methods whose argument is the data, never the destination.
  private static final Set<String> PAYLOAD =
      Set.of(
          "body",
          "json",
          "form",
          "send_json",
          "send_form",
          "send_string",
          "send_bytes",
          "send_body",
          "with_body",
          "with_json",
          "write_all",
          "send_to",
          "body_json",
          "body_string",
          "multipart");

  /// Functions whose argument is the destination.
  private static final Set<String> ADDRESSED =
      Set.of(
          "connect", "get", "post", "put", "request", "lookup_host", "to_socket_addrs", "resolve");

  private static final Set<String> RESOLVES =
      Set.of("lookup_host", "to_socket_addrs", "resolve", "lookup_ip", "ipv4_lookup", "txt_lookup");

  private static final int LEAST = 9;

  public static final Pattern SERVICE =
      Pattern.compile(
          "169\\.254\\.(?:169\\.254|170\\.2)|metadata\\.google\\.internal|100\\.100\\.100\\.200");
  private static final Set<String> SERVICE_NUMBERS =
      Set.of("2852039166", "0xa9fea9fe", "2852039166u32", "0xa9fea9feu32");

  private static final Pattern KEY =
      Pattern.compile("(?i)mnemonic|seed|phrase|priv|keypair|signing|wallet|master|xprv");
  private static final Pattern SECRET = Pattern.compile("(?i)(?:client|app|api)?_?secret(?:_key)?");

  private static final Pattern LOGIN =
      Pattern.compile("(?i)log_?in|auth|sign_?in|session|oauth|token|credential|register|connect");

  /// The characters between the parts of an address.
  private static final Set<String> PARTED = Set.of(".", ":", "://");

  private static final int NEAR = 96;
  private static final int STRONG = SecretNames.ALL;

  /// The origins of which a value has at least one if its call is reported.
  private static final int MATTERS =
      STRONG
          | SecretNames.PLACE
          | ValueOrigin.DECODED
          | ValueOrigin.DEVICE
          | ValueOrigin.FILE
          | ValueOrigin.RECEIVED
          | ValueOrigin.PASSWORD;

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private final SinkCalls sinks;
  private int metadata = -1;
  private @Nullable FileVariables files;
  private boolean grants;

  FlowRules(SourceTokens code, ValueFlow values, SinkCalls sinks, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
    this.sinks = sinks;
  }

  void find(Locations places) {
    metadata = metadata(places.tests());
    grants = Arrays.stream(code.strings()).anyMatch(i -> code.literal(i).equals("grant_type"));
    boolean may = values.may(MATTERS);
    for (int i : code.at(may ? CALLS : JOIN)) {
      String word = code.word(i);
      if (word.equals("join") && code.string(i + 2) && PARTED.contains(code.literal(i + 2))) {
        receiver.found(Behavior.FIXED_HOST, i, "");
      }
      if (may && code.is(i + 1, '(') && !code.is(i - 1, "fn")) {
        boolean generic = GENERIC.contains(word);
        if (code.is(i - 1, '.')) {
          boolean own = SENDS.contains(word) && !(word.equals("header") && single(i));
          boolean sends = own || (generic && connected(i) && !written(i, places));
          if (sends) {
            sent(i, word.endsWith("to_socket_addrs") ? before(i) : argument(i));
          } else if (OWN.contains(word)) {
            handed(i);
          }
        } else if (MEMOS.contains(word) || (generic && named(i, places.networks()))) {
          sent(i, argument(i));
        } else if (OWN.contains(word) || SENDS.contains(word)) {
          handed(i);
        }
      }
    }
  }

  private boolean written(int at, Locations places) {
    FileVariables known = files;
    if (known == null) {
      known = new FileVariables(code, places);
      files = known;
    }
    return known.written(at);
  }

  /// Returns the position of the cloud metadata service, which returns keys of the machine, or -1
  /// if it is not named.
  private int metadata(BitSet tests) {
    int found = -1;
    int[] all =
        IntStream.concat(
                Arrays.stream(code.numbers())
                    .filter(i -> code.length(i) > LEAST || code.begins(i, "169")),
                Arrays.stream(code.strings()).filter(i -> Need.SERVICE.in(code.written(i))))
            .sorted()
            .toArray();
    for (int i : all) {
      boolean number =
          code.number(i)
              && (SERVICE_NUMBERS.contains(code.text(i).replace("_", "").toLowerCase(Locale.ROOT))
                  || (code.text(i).equals("169") && octets(i)));
      boolean text = code.string(i) && SERVICE.matcher(code.text(i)).find();
      if (code.string(i) && role(code.text(i)) && !tests.get(i) && found < 0) {
        found = i;
      }
      if ((number || text) && !tests.get(i)) {
        receiver.found(Behavior.MACHINE_SENT, i, "");
        return i;
      }
    }
    return found;
  }

  /// Returns whether a text is a path of the cloud metadata service to keys of the machine.
  private static boolean role(String text) {
    return text.contains("iam/security-credentials")
        || text.contains("computeMetadata/v1")
        || text.contains("metadata/identity/oauth2");
  }

  private boolean octets(int at) {
    return code.number(at + 2) && code.text(at + 2).equals("254") && code.is(at + 1, ',');
  }

  /// Returns whether a call has one argument. A header of a request has a name and a value; that of
  /// a program in C has one argument.
  private boolean single(int at) {
    return code.arguments(at + 1).size() < 2;
  }

  private Range argument(int at) {
    return new Range(at + 2, code.close(at + 1));
  }

  private Range before(int at) {
    return new Range(values.chain(at), at);
  }

  private boolean connected(int at) {
    return values.may(ValueOrigin.RECEIVED)
        && ValueOrigin.any(values.origins(before(at)), ValueOrigin.RECEIVED);
  }

  /// Returns whether the path of a function begins with a module that reaches the network.
  private boolean named(int at, BitSet networks) {
    int head = at;
    while (code.separator(head - 1) && !code.word(head - 2).isEmpty()) {
      head -= 2;
    }
    return !networks.isEmpty() && (networks.get(head) || networks.get(at));
  }

  private void sent(int at, Range given) {
    int origins = values.origins(given);
    if (ValueOrigin.any(origins, ValueOrigin.DECODED) && ADDRESSED.contains(code.word(at))) {
      receiver.found(Behavior.DECODED_USE, at, "");
    }
    if (ValueOrigin.any(origins, ValueOrigin.DEVICE)) {
      boolean fixed = code.is(at - 1, '.') && sinks.fixed(at);
      receiver.found(fixed ? Behavior.SECRET_SENT : Behavior.MACHINE_SENT, at, "");
      return;
    }
    boolean listed = ADDRESSED.contains(code.word(at)) && listed(given);
    boolean open = listed || (code.is(at - 1, '.') && (sinks.callers(at) || sinks.named(at)));
    boolean file =
        ValueOrigin.any(origins, ValueOrigin.FILE)
            && ValueOrigin.any(origins, ValueOrigin.HOME)
            && !open;
    boolean forwarded =
        metadata >= 0
            && PAYLOAD.contains(code.word(at))
            && ValueOrigin.any(origins, ValueOrigin.RECEIVED);
    if (ValueOrigin.any(origins, STRONG) || file || forwarded) {
      boolean vouches = values.texts().of(given).toLowerCase(Locale.ROOT).contains("authorization");
      boolean plain = (origins & STRONG) == ValueOrigin.SECRET && !file;
      if (plain && ((grants && !sinks.fixed(at)) || paired(code, given))) {
        receiver.found(Behavior.MACHINE_SENT, at, "authorization: the secret of a client");
        return;
      }
      receiver.found(vouches ? Behavior.MACHINE_SENT : Behavior.SECRET_SENT, at, "");
    } else if (!COMMON.contains(code.word(at))
        && ((location(origins, code.word(at)) && !(code.is(at - 1, '.') && sinks.callers(at)))
            || (ValueOrigin.any(origins, ValueOrigin.PASSWORD) && !login(at)))) {
      receiver.found(Behavior.MACHINE_SENT, at, "");
    }
  }

  /// Returns whether an address is the variable of a loop, such as the lines of a file of the user.
  /// Each entry then names its own destination.
  private boolean listed(Range given) {
    int at = code.is(given.from(), '&') ? given.from() + 1 : given.from();
    boolean alone = at + 1 == given.to() && !code.word(at).isEmpty();
    if (!alone || values.texts().of(given).contains("://")) {
      return false;
    }
    for (int i = at; i > Math.max(0, at - NEAR); i--) {
      if (code.is(i, "for") && code.is(i + 1, code.word(at)) && code.is(i + 2, "in")) {
        return true;
      }
    }
    return false;
  }

  /// Reads `.form(&[("secret", secret)])`: the secret of a client by that name, without a key.
  static boolean paired(SourceTokens code, Range given) {
    boolean named = false;
    for (int i = given.from(); i < given.to(); i++) {
      if (KEY.matcher(code.word(i)).find()) {
        return false;
      }
      named |= code.string(i) && code.is(i + 1, ',') && SECRET.matcher(code.literal(i)).matches();
    }
    return named;
  }

  /// Returns whether a value names two of machine, user and folder, or one of them in a name
  /// lookup.
  private static boolean location(int origins, String call) {
    int kinds = Integer.bitCount(origins & SecretNames.PLACE);
    return kinds > 1 || (kinds == 1 && RESOLVES.contains(call));
  }

  /// Checks the arguments of functions of the crate, which another source may send.
  private void handed(int at) {
    if (!values.may(ValueOrigin.SECRET | ValueOrigin.CLIPBOARD)) {
      return;
    }
    if (code.close(at + 1) == at + 3 && values.function(code.word(at + 2))) {
      return;
    }
    if (ValueOrigin.any(values.origins(argument(at)), ValueOrigin.SECRET, ValueOrigin.CLIPBOARD)) {
      receiver.found(Behavior.MACHINE_SENT, at, "");
    }
  }

  private boolean login(int at) {
    for (int i = Math.max(0, at - NEAR); i < Math.min(code.size(), at + NEAR / 4); i++) {
      boolean text = code.string(i) && LOGIN.matcher(code.text(i)).find();
      if (text || LOGIN.matcher(code.word(i)).find()) {
        return true;
      }
    }
    return false;
  }
}
