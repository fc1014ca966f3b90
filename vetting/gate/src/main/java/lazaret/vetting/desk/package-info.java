/// The desk, assembled from its services for people.
@NullMarked
package lazaret.vetting.desk;

import org.jspecify.annotations.NullMarked;
