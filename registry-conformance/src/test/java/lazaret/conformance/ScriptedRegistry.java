package lazaret.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import lazaret.conformance.client.RegistryJson;

/// A registry in heap that passes the suite, or makes one mistake.
final class ScriptedRegistry implements AutoCloseable {
  static final int MAX_SIZE = 200_000;
  static final String PREFIX = "conformance-";
  private static final int RAISED_SIZE = 300_000;
  private static final String RAISED = PREFIX + "raised";
  private static final String JOBS = "/api/v1/trusted_publishing/tokens";

  private final Defect defect;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Crate> crates = new TreeMap<>();
  private final Map<String, Holder> tokens = new LinkedHashMap<>();
  private final ScriptedJobs jobs;

  /// A crate.
  private static final class Crate {
    final String name;
    final Set<String> owners = new LinkedHashSet<>();
    final Map<String, Version> versions = new LinkedHashMap<>();

    Crate(String name) {
      this.name = name;
    }
  }

  /// A version.
  private static final class Version {
    final String line;
    final String description;
    final byte[] bytes;
    boolean yanked;

    Version(String line, String description, byte[] bytes) {
      this.line = line;
      this.description = description;
      this.bytes = bytes;
    }
  }

  /// The holder of a token.
  record Holder(String user, Set<String> scopes, String pattern) {
    boolean covers(String name) {
      return pattern.endsWith("*")
          ? name.startsWith(pattern.substring(0, pattern.length() - 1))
          : pattern.equals(name);
    }
  }

  ScriptedRegistry(Defect defect) {
    this.defect = defect;
    this.jobs = new ScriptedJobs(defect);
    Set<String> all = Set.of("publish-new", "publish-update", "yank", "change-owners");
    tokens.put("owner-token", new Holder("ada", all, "*"));
    tokens.put("other-token", new Holder("bob", all, "*"));
    tokens.put("member-token", new Holder("eve", all, "*"));
    tokens.put("publish-update-token", new Holder("ada", Set.of("publish-update"), "*"));
    tokens.put("publish-new-token", new Holder("ada", Set.of("publish-new"), "*"));
    tokens.put("pattern-token", new Holder("ada", all, PREFIX + "p*"));
    tokens.put("exact-token", new Holder("ada", all, PREFIX + "exact"));
    tokens.put("reader-token", new Holder("ada", Set.of(), "*"));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Returns the address of the index.
  String index() {
    return "sparse+" + root() + "/index/";
  }

  /// Returns the declarations of this registry.
  static Map<String, String> declared() {
    Map<String, String> declared = new LinkedHashMap<>();
    for (String token :
        List.of("publish-update", "publish-new", "pattern", "exact", "reader", "member")) {
      declared.put("token:" + token, token + "-token");
    }
    declared.put("token:revoked", "revoked-token");
    declared.put("token:expired", "expired-token");
    declared.put("auth-required", "true");
    declared.put("max-size", Integer.toString(MAX_SIZE));
    declared.put("max-unpacked", Integer.toString(ScriptedArchive.MAX));
    declared.put("raised-size", RAISED + "=" + RAISED_SIZE);
    declared.put("raised-features", RAISED + "=" + ScriptedManifest.RAISED);
    declared.put("ci-creates", "true");
    declared.put("ci-jwt", ScriptedJobs.texts(ScriptedJobs.RELEASE));
    declared.put("token:ci-publish-update", ScriptedJobs.texts(ScriptedJobs.UPDATE));
    declared.put("token:ci-other-audience", "other-audience");
    declared.put("other-login", "bob");
    declared.put("group", "group:platform");
    return declared;
  }

  @SuppressWarnings("ArrayRecordComponent") // written at once, never compared
  private record Reply(int status, String body, byte[] bytes, String etag) {
    static Reply of(int status, String body) {
      return new Reply(status, body, body.getBytes(StandardCharsets.UTF_8), "");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Reply reply;
    try {
      synchronized (this) {
        reply = reply(exchange, body);
      }
    } catch (RefusedException e) {
      reply =
          Reply.of(
              e.status,
              "{\"errors\":[{\"detail\":"
                  + ScriptedManifest.quoted(String.valueOf(e.getMessage()))
                  + "}]}");
    }
    if (reply.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Cargo login_url=\"" + root() + "\"");
    }
    if (!reply.etag().isEmpty() && defect != Defect.NO_TAGS) {
      exchange.getResponseHeaders().set("ETag", reply.etag());
    }
    exchange.sendResponseHeaders(
        reply.status(), reply.bytes().length == 0 ? -1 : reply.bytes().length);
    if (reply.bytes().length > 0) {
      exchange.getResponseBody().write(reply.bytes());
    }
    exchange.close();
  }

  private Reply reply(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    String secret = exchange.getRequestHeaders().getFirst("Authorization");
    if (path.equals(JOBS)) {
      return job(exchange.getRequestMethod(), secret == null ? "" : secret, body);
    }
    Holder holder = holder(secret == null ? "" : secret, path);
    if (path.equals("/index/config.json")) {
      return Reply.of(
          200,
          "{\"dl\":\"%s/dl/{crate}/{version}\",\"api\":\"%s\",\"auth-required\":true}"
              .formatted(root(), root()));
    }
    if (path.startsWith("/index/")) {
      return file(path.substring("/index/".length()), exchange);
    }
    List<String> parts = List.of(path.substring(1).split("/", -1));
    if (parts.getFirst().equals("dl")) {
      Version version = version(crate(parts.get(1)), parts.get(2));
      byte[] bytes =
          defect == Defect.WRONG_BYTES ? Arrays.copyOf(version.bytes, 10) : version.bytes;
      return new Reply(200, "", bytes, "");
    }
    return api(exchange, holder, parts, body);
  }

  /// Exchanges the token of a job, or ends one that was exchanged.
  private Reply job(String method, String secret, byte[] body) {
    if (method.equals("DELETE")) {
      if (defect != Defect.STAYING_JOBS) {
        tokens.remove(bare(secret));
      }
      return Reply.of(204, "");
    }
    String jwt = document(body).text("jwt");
    Holder holder = jobs.holder(jwt);
    String token = "job-token-" + jobs.exchanged();
    tokens.put(token, holder);
    return Reply.of(200, "{\"token\":" + ScriptedManifest.quoted(token) + "}");
  }

  private static String bare(String secret) {
    return secret.regionMatches(true, 0, "Bearer ", 0, 7) ? secret.substring(7).strip() : secret;
  }

  private Holder holder(String secret, String path) {
    Holder holder = tokens.get(bare(secret));
    if (holder != null) {
      return holder;
    }
    boolean permitted =
        switch (defect) {
          case OPEN_PUBLISH -> secret.isEmpty() && path.startsWith("/api/");
          case OPEN_INDEX -> secret.isEmpty() && !path.startsWith("/api/");
          case UNKNOWN_TOKENS -> !secret.isEmpty();
          default -> false;
        };
    if (!permitted) {
      throw new RefusedException(401, "this registry needs a token");
    }
    return tokens.values().iterator().next();
  }

  private Reply file(String path, HttpExchange exchange) {
    String key = path.substring(path.lastIndexOf('/') + 1);
    Crate crate = crates.get(key.replace('-', '_'));
    if (crate == null || !crate.name.toLowerCase(Locale.ROOT).equals(key)) {
      return Reply.of(404, "no such crate");
    }
    String text =
        crate.versions.values().stream()
            .filter(each -> !each.yanked || defect != Defect.YANK_REMOVES)
            .map(each -> each.line + ",\"yanked\":" + each.yanked + "}\n")
            .map(line -> defect == Defect.SPACED_LINES ? line.replace("\":", "\": ") : line)
            .collect(Collectors.joining());
    String tag = '"' + sha256(text.getBytes(StandardCharsets.UTF_8)) + '"';
    boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    return same
        ? new Reply(304, "", new byte[0], tag)
        : new Reply(200, text, text.getBytes(StandardCharsets.UTF_8), tag);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Crate crate(String name) {
    Crate crate = crates.get(key(name));
    if (crate == null || !crate.name.equals(name)) {
      throw new RefusedException(404, "there is no crate " + name);
    }
    return crate;
  }

  private static Version version(Crate crate, String version) {
    Version found = crate.versions.get(version);
    if (found == null) {
      throw new RefusedException(404, "there is no version " + version);
    }
    return found;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private Reply api(HttpExchange exchange, Holder holder, List<String> parts, byte[] body) {
    String method = exchange.getRequestMethod();
    List<String> rest = parts.subList(Math.min(3, parts.size()), parts.size());
    if (rest.isEmpty()) {
      String query = exchange.getRequestURI().getQuery();
      return search(query == null ? "" : query);
    }
    if (rest.size() == 1 && rest.getFirst().equals("new")) {
      return publish(holder, body);
    }
    String last = rest.getLast();
    if (last.equals("owners")) {
      return owners(holder, rest.getFirst(), method, body);
    }
    Crate crate = crate(rest.getFirst());
    Version version = version(crate, rest.get(1));
    permit(holder, crate, "yank");
    version.yanked = last.equals("yank");
    return Reply.of(200, "{\"ok\":true}");
  }

  private void permit(Holder holder, Crate crate, String scope) {
    permit(holder, crate.name, scope);
    boolean owns =
        crate.owners.contains(holder.user())
            || (holder.user().equals("eve")
                && crate.owners.contains("group:platform")
                && !scope.equals("change-owners"));
    if (!owns && defect != Defect.NO_OWNERS) {
      throw new RefusedException(403, "the user is not an owner of " + crate.name);
    }
  }

  private void permit(Holder holder, String name, String scope) {
    if (defect != Defect.NO_SCOPES && (!holder.scopes().contains(scope) || !holder.covers(name))) {
      throw new RefusedException(403, "the token lacks the scope " + scope);
    }
  }

  private Reply search(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    int most = Math.min(100, Integer.parseInt(parameters.getOrDefault("per_page", "10")));
    List<Crate> found =
        crates.values().stream()
            .filter(crate -> crate.name.contains(parameters.getOrDefault("q", "")))
            .toList();
    String hits =
        found.stream().limit(most).map(this::hit).collect(Collectors.joining(",", "[", "]"));
    return Reply.of(
        200,
        "{\"crates\":%s,\"meta\":{\"total\":%d}}"
            .formatted(hits, defect == Defect.NO_TOTAL ? 1 : found.size()));
  }

  private String hit(Crate crate) {
    String newest =
        crate.versions.entrySet().stream()
            .filter(each -> !each.getValue().yanked || defect == Defect.YANKED_NEWEST)
            .map(Map.Entry::getKey)
            .reduce("0.0.0", (_, last) -> last);
    String description = crate.versions.values().iterator().next().description;
    return "{\"name\":%s,\"max_version\":%s,\"description\":%s}"
        .formatted(
            ScriptedManifest.quoted(crate.name),
            ScriptedManifest.quoted(newest),
            ScriptedManifest.quoted(defect == Defect.NO_DESCRIPTION ? "" : description));
  }

  private Reply owners(Holder holder, String name, String method, byte[] body) {
    Crate crate = crate(name);
    if (method.equals("GET")) {
      String users =
          crate.owners.stream()
              .map(
                  each ->
                      "{\"id\":%d,\"login\":%s}"
                          .formatted(
                              each.hashCode() & Integer.MAX_VALUE, ScriptedManifest.quoted(each)))
              .collect(Collectors.joining(",", "[", "]"));
      return Reply.of(200, "{\"users\":" + users + "}");
    }
    permit(holder, crate, "change-owners");
    List<String> users =
        RegistryJson.parse(new String(body, StandardCharsets.UTF_8))
            .orElseThrow(() -> RefusedException.bad("malformed"))
            .texts("users");
    if (!Set.of("ada", "bob", "eve", "group:platform").containsAll(users)
        && defect != Defect.UNKNOWN_OWNERS) {
      throw RefusedException.bad("there is no such user");
    }
    Set<String> after = new LinkedHashSet<>(crate.owners);
    if (method.equals("PUT")) {
      after.addAll(users);
    } else {
      users.forEach(after::remove);
    }
    if (after.isEmpty() && defect != Defect.LAST_OWNER) {
      throw RefusedException.bad("the last owner stays");
    }
    crate.owners.clear();
    crate.owners.addAll(after);
    return Reply.of(200, "{\"ok\":true,\"msg\":\"changed\"}");
  }

  private Reply publish(Holder holder, byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    RegistryJson stated = document(part(in));
    byte[] archive = part(in);
    if (in.hasRemaining() && defect != Defect.TRAILING_BYTES) {
      throw RefusedException.bad("bytes follow the archive");
    }
    int most = isRaised(stated.text("name"), defect) ? RAISED_SIZE : MAX_SIZE;
    if (archive.length > most && defect != Defect.NO_LIMIT) {
      throw new RefusedException(413, "the archive is too large");
    }
    String prefix = stated.text("name") + "-" + stated.text("vers") + "/";
    Map<String, String> files =
        ScriptedArchive.files(
            archive, defect == Defect.MANIFEST_OF_REQUEST ? anyFolder(archive) : prefix, defect);
    String text = files.get("Cargo.toml");
    if (text == null) {
      throw RefusedException.bad("Cargo.toml is missing");
    }
    ScriptedManifest manifest = new ScriptedManifest(text, defect, index(), this::known);
    manifest.check();
    String name = manifest.name();
    if (defect != Defect.MANIFEST_OF_REQUEST
        && !(name.equals(stated.text("name")) && manifest.version().equals(stated.text("vers")))) {
      throw RefusedException.bad("the request has another name or version");
    }
    store(holder, manifest, archive);
    return Reply.of(
        200,
        defect == Defect.NO_WARNINGS
            ? "{}"
            : "{\"warnings\":{\"invalid_categories\":[],\"invalid_badges\":[],\"other\":[]}}");
  }

  /// Returns whether a crate has the higher limits.
  static boolean isRaised(String name, Defect defect) {
    return name.equals(RAISED)
        ? defect != Defect.NO_RAISED_LIMITS
        : defect == Defect.RAISED_LIMITS_OF_ALL;
  }

  /// Returns the folder of the first entry.
  private static String anyFolder(byte[] archive) {
    Map<String, String> files = ScriptedArchive.files(archive, "", Defect.ANY_PATH);
    String first = files.keySet().iterator().next();
    return first.substring(0, first.indexOf('/') + 1);
  }

  private static RegistryJson document(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return RegistryJson.parse(text).orElseThrow(() -> RefusedException.bad("malformed JSON"));
    } catch (CharacterCodingException _) {
      throw RefusedException.bad("the document is not UTF-8");
    }
  }

  private static byte[] part(ByteBuffer in) {
    if (in.remaining() < 4) {
      throw RefusedException.bad("the body is too short");
    }
    long length = Integer.toUnsignedLong(in.getInt());
    if (length > in.remaining()) {
      throw RefusedException.bad("the body is too short");
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private String known(String name) {
    Crate crate = crates.get(key(name));
    return crate == null ? "" : crate.name;
  }

  private void store(Holder holder, ScriptedManifest manifest, byte[] archive) {
    String name = manifest.name();
    String version = manifest.version();
    String key = defect == Defect.NO_COLLISIONS ? name : key(name);
    Crate crate = crates.get(key);
    if (crate == null) {
      permit(holder, name, "publish-new");
    } else if (!crate.name.equals(name)) {
      throw RefusedException.bad("the crate is named " + crate.name);
    } else {
      permit(holder, crate, "publish-update");
    }
    List<String> slots =
        crate == null
            ? List.of()
            : crate.versions.keySet().stream()
                .map(each -> defect == Defect.BUILD_METADATA ? each : slot(each))
                .toList();
    String slot = defect == Defect.BUILD_METADATA ? version : slot(version);
    if (slots.contains(slot) && defect != Defect.OVERWRITES) {
      throw RefusedException.bad("the version exists");
    }
    String line = manifest.line(sha256(archive));
    if (crate == null) {
      crate = new Crate(name);
      crate.owners.add(holder.user());
      crates.put(key, crate);
    }
    if (defect == Defect.OVERWRITES) {
      crate.versions.clear();
    }
    crate.versions.put(version, new Version(line, manifest.description(), archive));
  }

  private static String slot(String version) {
    int plus = version.indexOf('+');
    return plus < 0 ? version : version.substring(0, plus);
  }

  /// Returns the names of all crates.
  synchronized List<String> names() {
    return new ArrayList<>(crates.keySet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
