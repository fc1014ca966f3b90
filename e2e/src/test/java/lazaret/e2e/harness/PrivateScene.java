package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import lazaret.testkit.ClaimsBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import lazaret.testkit.JwtSigner;

/// A gate that hosts private crates, with a CI system whose keys are in a file.
///
/// @param scene the gate with its upstream
/// @param signer signs the tokens of the CI system
public record PrivateScene(GateScene scene, JwtSigner signer) implements AutoCloseable {
  /// The audience of tokens of the CI system.
  public static final String AUDIENCE = "https://crates.example.org";

  /// The address of the CI system.
  public static final String ISSUER = "https://ci.example.org";

  /// The id of the repository whose jobs create, publish and yank crates with the letter j.
  public static final String RELEASES = "65";

  /// The id of the repository whose jobs publish versions of crates with the letter u, which exist.
  public static final String UPDATES = "66";

  /// The name of the registry in the configuration of cargo.
  public static final String REGISTRY = "acme";

  /// Starts a gate.
  ///
  /// @param registry the content of upstream
  /// @param names the pattern of private names: `acme-*`
  /// @param policy lines of the table `[private]` of the policy
  /// @param settings further lines of the table `[private]` of the configuration
  public static PrivateScene of(
      FixtureRegistry registry, String names, String policy, String settings) {
    return started(registry, new Texts(names, policy, settings), (all, _) -> all);
  }

  /// Starts a gate without holds at which persons sign in.
  ///
  /// @param roles the tables `sign-in.role` as JSON
  public static PrivateScene signingIn(ProviderServer provider, String roles) {
    return started(
        Crates.alphaAndBeta(),
        new Texts("acme-*", "hold = \"none\"\n", ""),
        (all, url) ->
            all.set("public-url", url)
                .set("sign-in.issuer", provider.issuer())
                .set("sign-in.client-id", ProviderServer.CLIENT)
                .set("sign-in.role", roles));
  }

  /// The texts of the configuration that differ.
  private record Texts(String names, String policy, String settings) {}

  private static PrivateScene started(
      FixtureRegistry registry, Texts texts, BiFunction<GateSettings, String, GateSettings> more) {
    int port = Machine.freePort();
    JwtSigner signer = new JwtSigner("one");
    Path folder = WorkFolder.folder("private");
    try {
      Files.writeString(folder.resolve("keys.json"), signer.keySet());
      Files.writeString(folder.resolve("policy.toml"), "[private]\n" + texts.policy());
      Files.writeString(
          folder.resolve("lazaret.toml"),
          "[private]\n"
              + "public-url = \"http://127.0.0.1:%d\"\n".formatted(port)
              + "names = [\"%s\"]\n".formatted(texts.names())
              + texts.settings()
              + jobs(folder.resolve("keys.json"), texts.names()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the configuration", e);
    }
    return new PrivateScene(
        GateScene.of(
            registry,
            s ->
                more.apply(
                    s.argument("--config", folder.resolve("lazaret.toml").toString())
                        .argument("--listen", "127.0.0.1:" + port)
                        .set("policy-file", folder.resolve("policy.toml").toString()),
                    "http://127.0.0.1:" + port)),
        signer);
  }

  /// Returns the tables of the CI system and of its two repositories.
  private static String jobs(Path keys, String names) {
    return """


        [[ci.issuer]]
        name = "forge"
        kind = "github"
        url = "%s"
        audience = "%s"
        keys-file = "%s"

        [[ci.issuer.binding]]
        name = "release"
        repository-id = %s
        repository-owner-id = 42
        roles = ["reader", "publish-new", "publish-update", "yank"]
        crates = ["%s"]
        owners = ["person:ada"]

        [[ci.issuer.binding]]
        name = "update"
        repository-id = %s
        repository-owner-id = 42
        roles = ["reader", "publish-update"]
        crates = ["%s"]
        """
        .formatted(
            ISSUER,
            AUDIENCE,
            keys,
            RELEASES,
            names.replace("*", "j*"),
            UPDATES,
            names.replace("*", "u*"));
  }

  /// Stops the gate and starts it again with another value of a key.
  public PrivateScene restarted(String key, String value) {
    GateSettings _ = scene.settings().set(key, value);
    return new PrivateScene(scene.restarted(), signer);
  }

  /// Stops the gate and starts it again with a clock that begins at a given time.
  public PrivateScene restartedAt(Instant moment) {
    GateSettings _ = scene.settings().clock(moment);
    return new PrivateScene(scene.restarted(), signer);
  }

  /// Returns the address of the private index, as a manifest has it.
  public String index() {
    return "sparse+" + scene.gate().url() + "/private/index/";
  }

  /// Creates a token, and returns its secret.
  public String token(String name, String owner, String... roles) {
    return tokenUntil(name, owner, "", roles);
  }

  /// Creates a token with an end, and returns its secret.
  ///
  /// @param expires the end; empty for none
  public String tokenUntil(String name, String owner, String expires, String... roles) {
    String list =
        Arrays.stream(roles).map(each -> '"' + each + '"').collect(Collectors.joining(","));
    HttpProbeClient.Answer made =
        scene
            .http()
            .order(
                "/tokens",
                "{\"name\":\"%s\",\"owner\":\"%s\",\"roles\":[%s]%s}"
                    .formatted(
                        name,
                        owner,
                        list,
                        expires.isEmpty() ? "" : ",\"expires\":\"" + expires + "\""));
    if (made.status() != 201) {
      throw new AssertionError("no token: " + made);
    }
    return JsonObject.parse(made.text()).words("secret");
  }

  /// Exchanges a token of the CI system, as a job does, and returns the one that it got.
  ///
  /// @param id the id of the token of the CI system, which is exchanged once
  public String jobToken(String id) {
    String jwt =
        signer.sign(ClaimsBuilder.github(ISSUER, AUDIENCE, Instant.now()).with("jti", id).claims());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(scene.gate().url() + "/private/api/v1/trusted_publishing/tokens"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"jwt\":\"" + jwt + "\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError("no token for a job: " + response.body());
      }
      return JsonObject.parse(response.body()).words("token");
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to a job", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns a cargo that uses both registries of the gate with a token.
  public Cargo cargo(String token) {
    return cargo().env("CARGO_REGISTRIES_ACME_TOKEN", token);
  }

  /// Returns a cargo that uses both registries of the gate, and has no token yet.
  public Cargo cargo() {
    return Cargo.fresh(
        Cargo.config(scene.gate().url())
            + """

            [registries.acme]
            index = "%s"
            credential-provider = "cargo:token"
            """
                .formatted(index()));
  }

  /// Writes a package.
  ///
  /// @param dependencies lines of the manifest
  public static CargoProjectFolder pack(String name, String version, String... dependencies) {
    CargoProjectFolder project = CargoProjectFolder.with();
    try {
      Files.delete(project.folder().resolve("src/main.rs"));
      Files.writeString(project.folder().resolve("src/lib.rs"), "pub fn one() -> u8 { 1 }\n");
      Files.writeString(
          project.folder().resolve("Cargo.toml"),
          """
          [package]
          name = "%s"
          version = "%s"
          edition = "2021"
          description = "the core of acme"
          license = "MIT"

          [dependencies]
          %s
          """
              .formatted(name, version, String.join("\n", dependencies)));
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a package", e);
    }
  }

  @Override
  public void close() {
    scene.close();
  }
}
