package lazaret.vetting.audit.files;

/// The identity of a publisher: an account of the registry, or a trusted publisher.
public sealed interface PublisherId {
  /// An account of the registry.
  ///
  /// @param id number of the account
  record User(long id) implements PublisherId {}

  /// A build service that the registry accepts releases from.
  ///
  /// @param signature service and repository: `github:owner/repository`
  record TrustedPublisher(String signature) implements PublisherId {}
}
