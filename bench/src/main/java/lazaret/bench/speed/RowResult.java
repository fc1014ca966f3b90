package lazaret.bench.speed;

/// The figures of one row in one run.
///
/// @param row the row
/// @param reference figure of the other program; [Double#NaN] if there is none
/// @param own figure of the product, in the same unit
/// @param compared the figure that is compared with the target
public record RowResult(SpeedRow row, double reference, double own, double compared) {
  /// Returns a result that has a target for the ratio of both figures.
  public static RowResult ratio(SpeedRow row, double reference, double own) {
    return new RowResult(row, reference, own, own / reference);
  }

  /// Returns a result that has a target for the figure of the product.
  public static RowResult figure(SpeedRow row, double own) {
    return new RowResult(row, Double.NaN, own, own);
  }
}
