package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;
import lazaret.vetting.inspect.reach.HostName;
import lazaret.vetting.inspect.reach.ValueLinks;
import org.jspecify.annotations.Nullable;

/// The calls that send, each with its destination and data. Bounded.
///
/// They are requests in one chain or bound to a name, connections, name lookups, mails, and
/// programs that send.
final class SendCalls {
  private static final int MAX_CHAIN = 64;
  private static final int NEAR = 160;
  private static final int BACK = 600;
  private static final Set<String> TABLES =
      Set.of("headers", "headers_mut", "trailers", "extensions", "params", "cookies", "as_object");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern SHARED =
      Pattern.compile("^/(?:tmp|dev/shm|var/tmp|run/shm|var/www|srv)/");
  private static final WordSet CONSTANTS = WordSet.of("const", "static");
  private static final Set<String> CONNECTS = Set.of("connect", "url", "set_url", "set_uri", "uri");

  /// Functions and methods whose argument is the destination.
  private static final Set<String> ADDRESSED =
      Set.of(
          ("post put patch get delete head request uri url set_url with_url connect connect_async"
                  + " connect_timeout endpoint to bcc cc open host post_form post_json http_get"
                  + " http_post parse_with_params remote_anonymous relay starttls_relay")
              .split(" ", -1));

  /// Those of them that tables or paths also have.
  private static final Set<String> AMBIGUOUS =
      Set.of("get", "to", "open", "delete", "head", "host", "relay", "cc", "put", "url", "request");

  private static final Set<String> RESOLVES =
      Set.of(
          ("lookup_host to_socket_addrs resolve lookup_ip ipv4_lookup ipv6_lookup txt_lookup lookup"
                  + " getaddrinfo gethostbyname query_a query_txt")
              .split(" ", -1));

  /// Methods whose receiver sends their arguments.
  private static final Set<String> CARRIES =
      Set.of(
          ("body json form send_json send_form send_string send_bytes send_body with_body with_json"
                  + " body_json body_string body_bytes multipart set_body query param params"
                  + " with_param with_query query_pairs append_pair header headers set with_header"
                  + " add_header append_header insert_header set_header user_agent cookie send send_to"
                  + " write_all write_str write publish emit text bytes post_fields post_fields_copy"
                  + " custom_request part add_part add_text attachment subject arg args put_object"
                  + " upload call notify track capture send_message send_text broadcast insert_one"
                  + " execute rpush lpush xadd set_ex send_str send_all write_bytes")
              .split(" ", -1));

  private static final Set<String> VOUCHES =
      Set.of("bearer_auth", "basic_auth", "token_auth", "set_auth", "credentials", "headers");
  private static final Set<String> NAMED =
      Set.of(
          ("header set query param with_param with_query append_pair with_header add_header"
                  + " append_header insert_header set_header insert append cookie")
              .split(" ", -1));
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)authori[sz]ation|token|api.?key|\\bauth\\b|-auth|access.?key|private-|^key$|appid|app_id"
              + "|signature|^sig$|secret|password|cookie|client_id");
  private static final Set<String> SENDERS =
      Set.of(
          "curl",
          "wget",
          "nc",
          "ncat",
          "netcat",
          "socat",
          "nslookup",
          "dig",
          "host",
          "ping",
          "git",
          "scp",
          "ssh",
          "telnet",
          "mail",
          "sendmail",
          "http",
          "xh",
          "mosquitto_pub",
          "aws",
          "rclone");

  private static final Set<String> STORES =
      Set.of("bucket", "topic_arn", "queue_url", "chat_id", "channel_id", "topic", "container");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Locations places;
  private final int[] opening;

  /// The macros that the source defines.
  private final Set<String> macros = new HashSet<>();

  /// A call that sends.
  ///
  /// @param address the tokens of the destination
  /// @param host the host in these tokens; empty if there is none
  /// @param sent the data that is sent
  /// @param vouches whether the data is the credential with which the sender authenticates
  record Dispatch(Range address, String host, List<Range> sent, boolean vouches) {
    /// Returns whether the address is an argument, rather than that of an open connection.
    boolean explicit(SourceTokens code) {
      return code.is(address.from() - 1, '(');
    }
  }

  /// A chain of calls before a method.
  ///
  /// @param from the position at which it begins
  /// @param calls the names of its calls, the last first
  private record Chain(int from, List<Integer> calls) {}

  SendCalls(SourceTokens code, ValueFlow values, Locations places) {
    this.code = code;
    this.values = values;
    this.places = places;
    opening = new int[code.size()];
    for (int i = 0; i < opening.length; i++) {
      if (code.is(i, "macro_rules") && code.is(i + 1, '!')) {
        macros.add(code.word(i + 2));
      }
      if (code.opens(i) && code.close(i) < opening.length) {
        opening[code.close(i)] = i;
      }
    }
  }

  /// Returns the call at a token if it sends, or null.
  @Nullable Dispatch at(int at) {
    String word = code.word(at);
    if (code.macro(at) && (word.equals("write") || word.equals("writeln"))) {
      List<Range> given = code.arguments(at + 2);
      return given.size() < 2 ? null : named(at, given.getFirst(), given);
    }
    if (code.macro(at) && macros.contains(word)) {
      List<Range> given = code.arguments(at + 2);
      String host = given.isEmpty() ? "" : host(given.getFirst(), true);
      return host.isEmpty() || given.size() < 2
          ? null
          : new Dispatch(given.getFirst(), host, given.subList(1, given.size()), false);
    }
    if (!code.is(at + 1, '(') || code.is(at - 1, "fn")) {
      return null;
    }
    boolean method = code.is(at - 1, '.');
    if (word.equals("write") && code.separator(at - 1)) {
      return written(at);
    }
    if (ADDRESSED.contains(word) && (!method || !AMBIGUOUS.contains(word) || reaches(at))) {
      Range given = new Range(at + 2, code.close(at + 1));
      String host = host(given, true);
      boolean known = method ? reaches(at) : path(at);
      return host.isEmpty() && !known ? null : new Dispatch(given, host, List.of(given), false);
    }
    if (RESOLVES.contains(word)) {
      Range given =
          word.equals("to_socket_addrs")
              ? new Range(chain(at).from(), at)
              : new Range(at + 2, code.close(at + 1));
      return new Dispatch(given, host(given, true), List.of(given), false);
    }
    boolean carries = CARRIES.contains(word) || VOUCHES.contains(word);
    return method && carries ? carried(at) : null;
  }

  /// Returns the write of a file that all users of the machine can read, or null.
  private @Nullable Dispatch written(int at) {
    List<Range> given = code.arguments(at + 1);
    if (given.size() != 2) {
      return null;
    }
    String path = values.texts().of(given.getFirst());
    boolean shared = SHARED.matcher(path).find();
    return shared
        ? new Dispatch(given.getFirst(), ValueLinks.SHARED, given.subList(1, 2), false)
        : null;
  }

  private @Nullable Dispatch carried(int at) {
    List<Range> given = code.arguments(at + 1);
    if (given.isEmpty()) {
      return null;
    }
    if (code.is(at, "send_to") && given.size() > 1) {
      return new Dispatch(given.get(1), host(given.get(1), true), given.subList(0, 1), false);
    }
    Chain chain = chain(at);
    for (int call : chain.calls()) {
      Range where = new Range(call + 2, code.close(call + 1));
      if (ADDRESSED.contains(code.word(call))) {
        String host = host(where, true);
        if (!host.isEmpty() || !AMBIGUOUS.contains(code.word(call)) || reaches(call)) {
          return new Dispatch(where, host, given, vouches(at, given));
        }
      }
      if (STORES.contains(code.word(call)) && code.string(where.from())) {
        return new Dispatch(where, code.word(call), given, false);
      }
      if (code.is(call, "new") && SENDERS.contains(program(where))) {
        Range all = new Range(call, code.close(at + 1));
        return new Dispatch(all, host(all, true), given, false);
      }
    }
    return named(at, new Range(chain.from(), at - 1), given);
  }

  /// Returns the sending through the value of a name or field.
  private Dispatch named(int at, Range receiver, List<Range> given) {
    Range to = connected(at, receiver);
    if (to.to() > to.from()) {
      return new Dispatch(to, host(to, true), given, vouches(at, given));
    }
    return new Dispatch(receiver, "", given, vouches(at, given));
  }

  /// Returns the earlier destination of a connection: `log.connect((HOST, 514))`.
  private Range connected(int at, Range receiver) {
    int name = code.is(receiver.from(), "self") ? receiver.from() + 2 : receiver.from();
    String word = code.word(name);
    boolean one = !word.isEmpty() && receiver.to() - receiver.from() <= 4;
    for (int i = at; one && i > Math.max(0, at - BACK) && !code.is(i, "fn"); i--) {
      boolean called = code.is(i, word) && code.is(i + 1, '.') && code.is(i + 3, '(');
      if (called && CONNECTS.contains(code.word(i + 2)) && code.spend(1)) {
        return new Range(i + 4, code.close(i + 3));
      }
    }
    return new Range(0, 0);
  }

  private String program(Range where) {
    return code.string(where.from()) ? code.literal(where.from()) : "";
  }

  /// Returns whether the data is the credential with which the sender authenticates.
  private boolean vouches(int at, List<Range> given) {
    if (VOUCHES.contains(code.word(at))) {
      return true;
    }
    if (code.is(at, "form") || code.is(at, "send_form")) {
      return FlowRules.paired(code, given.getFirst());
    }
    if (!NAMED.contains(code.word(at)) || given.isEmpty()) {
      return false;
    }
    Range name = given.getFirst();
    if (given.size() > 1) {
      return CREDENTIAL.matcher(plain(name)).find();
    }
    // Reads `.query(&[("api_key", key)])`.
    int pairs = 0;
    int honest = 0;
    for (int i = name.from(); i < name.to(); i++) {
      if (code.string(i) && (code.is(i - 1, '(') || code.is(i - 1, '['))) {
        pairs++;
        honest += CREDENTIAL.matcher(code.literal(i)).find() ? 1 : 0;
      }
    }
    return pairs > 0 && honest > 0;
  }

  private String plain(Range name) {
    var all = new StringBuilder();
    for (int i = name.from(); i < name.to(); i++) {
      all.append(code.string(i) ? code.literal(i) : code.word(i)).append(' ');
    }
    return all.toString().strip();
  }

  private boolean reaches(int at) {
    boolean table = code.is(at - 2, ')') && TABLES.contains(code.word(opening[at - 2] - 1));
    boolean key = code.string(at + 2) && KEY.matcher(code.literal(at + 2)).matches();
    return !table
        && !key
        && values.may(ValueOrigin.RECEIVED)
        && ValueOrigin.any(values.origins(new Range(chain(at).from(), at)), ValueOrigin.RECEIVED);
  }

  private boolean path(int at) {
    int head = at;
    while (code.separator(head - 1) && !code.word(head - 2).isEmpty()) {
      head -= 2;
    }
    return places.networks().get(head) || places.networks().get(at);
  }

  /// Reads a chain backwards from the dot before a method.
  private Chain chain(int method) {
    List<Integer> calls = new ArrayList<>();
    int at = method - 2;
    for (int steps = 0; steps < MAX_CHAIN && at > 0; steps++) {
      if (code.is(at, '?')) {
        at--;
        continue;
      }
      if (code.closes(at)) {
        int open = opening[at];
        int name = open - 1;
        if (code.is(name, '>')) {
          name = generic(name);
        }
        if (code.is(name, '!')) {
          return new Chain(name - 1, calls);
        }
        if (code.word(name).isEmpty() || !code.is(open, '(')) {
          return new Chain(open, calls);
        }
        if (open == name + 1) {
          calls.add(name);
        }
        at = name;
      } else if (code.word(at).isEmpty()) {
        return new Chain(at + 1, calls);
      }
      if (code.is(at - 1, '.')) {
        at -= 2;
        continue;
      }
      while (code.separator(at - 1) && !code.word(at - 2).isEmpty()) {
        at -= 2;
      }
      return new Chain(at, calls);
    }
    return new Chain(Math.max(0, at), calls);
  }

  /// Returns the name before `::<..>`.
  private int generic(int close) {
    int depth = 0;
    for (int i = close; i > Math.max(0, close - MAX_CHAIN); i--) {
      depth += code.is(i, '>') ? 1 : code.is(i, '<') ? -1 : 0;
      if (depth == 0) {
        return code.separator(i - 1) ? i - 2 : i - 1;
      }
    }
    return close;
  }

  /// Records the hosts that constants name, and the constants without a host.
  void constants(ValueLinks.Builder links) {
    for (int i : code.at(CONSTANTS)) {
      int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
      if (code.is(name + 1, ':') && !places.marked().get(i)) {
        int equals = name + 2;
        while (equals < Math.min(code.size(), name + MAX_CHAIN)
            && !code.is(equals, '=')
            && !code.is(equals, ';')) {
          equals = code.close(equals) + 1;
        }
        if (code.is(equals, '=') && code.spend(MAX_CHAIN)) {
          Range value = new Range(equals + 1, code.end(equals + 1, false));
          String host = host(value, true);
          String from = host.isEmpty() ? ValueLinks.NO_HOST : ValueLinks.host(host);
          links.add(from, ValueLinks.constant(code.word(name)), code.line(i));
        }
      }
    }
  }

  /// Returns the host that an expression names, or the empty text if there is none.
  ///
  /// @param address whether a host alone counts, without a scheme or port
  String host(Range range, boolean address) {
    int end = Math.min(range.to(), range.from() + NEAR);
    for (int i = range.from(); address && i < end; i++) {
      if ((code.is(i, "include_str") || code.is(i, "include_bytes")) && code.macro(i)) {
        return ValueLinks.HIDDEN;
      }
    }
    return HostName.in(values.texts().of(range.from(), end), address);
  }

  /// Returns the host that an expression with a text names, or the empty text if there is none.
  String literal(Range range) {
    int end = Math.min(range.to(), range.from() + NEAR);
    for (int i = range.from(); i < end && code.spend(1); i++) {
      if (code.string(i)) {
        return host(range, false);
      }
    }
    return "";
  }
}
