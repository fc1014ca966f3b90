package lazaret.signin.workload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lazaret.signin.FakeProvider;
import lazaret.signin.IssuerAddress;
import lazaret.signin.SigningKey;
import lazaret.testkit.ClaimsBuilder;
import lazaret.testkit.ManualClock;

/// A CI system that signs with real keys, and a verifier that knows it by discovery.
final class WorkloadFixture {
  static final String AUDIENCE = "https://crates.example.org";
  static final SigningKey RSA = SigningKey.rsa("rsa");
  static final IssuerAddress ADDRESS = IssuerAddress.parse(FakeProvider.ISSUER);
  static final GrantedRoles READER =
      new GrantedRoles(List.of("reader", "prefetcher"), List.of(), GrantedRoles.DEFAULT_LIFE);

  final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  final FakeProvider provider = new FakeProvider(clock);
  final UsedIdsInMemory used = new UsedIdsInMemory();

  WorkloadFixture() {
    provider.keys.clear();
    provider.keys.add(RSA.jwk());
  }

  /// Returns a verifier for one issuer.
  WorkloadTokenVerifier verifier(WorkloadKind kind, ClaimRequirements... requirements) {
    List<WorkloadBinding> bindings =
        IntStream.range(0, requirements.length)
            .mapToObj(i -> new WorkloadBinding("binding-" + (i + 1), requirements[i], READER))
            .toList();
    WorkloadIssuer issuer =
        new WorkloadIssuer(
            "forge", ADDRESS, kind, AUDIENCE, null, WorkloadIssuer.DEFAULT_AGE, bindings);
    return WorkloadTokenVerifier.of(List.of(issuer), _ -> provider, used, clock);
  }

  /// Returns a verifier for the job of [#claims].
  WorkloadTokenVerifier github() {
    return verifier(WorkloadKind.GITHUB, release());
  }

  /// Returns requirements that the job of [#claims] meets.
  static ClaimRequirements.Github release() {
    return new ClaimRequirements.Github(65, 42, "release.yml", "release", "refs/heads/main", false);
  }

  static ClaimRequirements.Generic generic(String subject, Map<String, String> claims) {
    return new ClaimRequirements.Generic(subject, new TreeMap<>(claims));
  }

  ClaimsBuilder claims() {
    return ClaimsBuilder.github(FakeProvider.ISSUER, AUDIENCE, now());
  }

  Instant now() {
    return clock.instant();
  }

  static String signed(ClaimsBuilder claims) {
    return RSA.signed("RS256", claims.claims());
  }
}
