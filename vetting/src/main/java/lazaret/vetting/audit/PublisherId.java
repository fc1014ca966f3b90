package lazaret.vetting.audit;

/// Who publishes: an account of the registry, or a trusted publisher.
public sealed interface PublisherId {
  /// An account of the registry.
  ///
  /// @param id its number
  record User(long id) implements PublisherId {}

  /// A build service that the registry takes releases from.
  ///
  /// @param signature the service and the repository: `github:owner/repository`
  record TrustedPublisher(String signature) implements PublisherId {}
}
