package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without script: it follows redirects, sends forms, and keeps cookies by host. Like
/// browsers, it treats loopback hosts as secure. Not thread-safe.
public final class FormClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_REDIRECTS = 10;
  private static final Pattern FORM =
      Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
  private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
  private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");
  private static final Pattern REFRESH = Pattern.compile("0; url=(.*)");

  private final Map<String, Map<String, String>> cookies = new HashMap<>();

  /// A page.
  ///
  /// @param status the HTTP status
  /// @param address the address after all redirects
  /// @param text the text of the page
  /// @param refresh the address at which a browser continues; empty if there is none
  public record Page(int status, URI address, String text, String refresh) {}

  /// Opens an address and follows its redirects.
  public Page open(String address) {
    return followed(HttpRequest.newBuilder(URI.create(address)).GET());
  }

  /// Sends the first form of a page with its own values and those that a person fills in.
  public Page submit(Page page, Map<String, String> filled) {
    Matcher form = FORM.matcher(page.text());
    if (!form.find()) {
      throw new AssertionError("there is no form on " + page);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher input = INPUT.matcher(form.group());
    while (input.find()) {
      Matcher name = NAME.matcher(input.group());
      Matcher value = VALUE.matcher(input.group());
      if (name.find()) {
        fields.put(name.group(1), value.find() ? unescaped(value.group(1)) : "");
      }
    }
    fields.putAll(filled);
    return post(page.address().resolve(unescaped(form.group(1))).toString(), fields);
  }

  /// Sends a form from a page of the same origin.
  public Page post(String address, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return followed(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(body)));
  }

  /// Sends a JSON document with a bearer token.
  public Page postJson(String address, String json, String token) {
    return followed(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(json)));
  }

  /// Returns the value of a cookie, or empty if there is none.
  public Optional<String> cookie(String host, String name) {
    return Optional.ofNullable(cookies.getOrDefault(host, Map.of()).get(name));
  }

  private Page followed(HttpRequest.Builder request) {
    HttpResponse<String> response = sent(request);
    for (int i = 0; i < MAX_REDIRECTS && response.statusCode() / 100 == 3; i++) {
      URI next = response.uri().resolve(response.headers().firstValue("location").orElseThrow());
      response = sent(HttpRequest.newBuilder(next).GET());
    }
    Matcher refresh = REFRESH.matcher(response.headers().firstValue("refresh").orElse(""));
    return new Page(
        response.statusCode(),
        response.uri(),
        response.body(),
        refresh.matches() ? refresh.group(1) : "");
  }

  private HttpResponse<String> sent(HttpRequest.Builder builder) {
    String host = builder.copy().build().uri().getHost();
    Map<String, String> kept = cookies.computeIfAbsent(host, _ -> new LinkedHashMap<>());
    if (!kept.isEmpty()) {
      builder.header(
          "Cookie",
          kept.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(builder.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(cookie -> keep(kept, cookie));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException("no answer of " + host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void keep(Map<String, String> kept, String header) {
    String[] pair = header.split(";", 2)[0].split("=", 2);
    if (header.contains("Max-Age=0") || pair.length < 2) {
      kept.remove(pair[0]);
    } else {
      kept.put(pair[0], pair[1]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&#x3D;", "=").replace("&quot;", "\"").replace("&amp;", "&");
  }
}
