package lazaret.vetting.deskapi.store;

import org.jspecify.annotations.Nullable;

/// The progress of a long operation.
///
/// @param name the operation: `fsck`, `backup`, `export`, `import` or `rollback`
/// @param phase the phase in one word; empty before the first phase
/// @param done the steps of the phase that are done
/// @param total the steps of the phase; 0 if the number is not known
/// @param unit the unit of the steps in the plural, such as `bytes`; absent from older servers
public record OperationInfo(
    String name, String phase, long done, long total, @Nullable String unit) {}
