/// The gate as one of several nodes that share a store.
@NullMarked
package lazaret.vetting.cluster;

import org.jspecify.annotations.NullMarked;
