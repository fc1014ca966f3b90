// Synthetic, inert fixture written from public reports; see README
use grid_index::Grid;
use rand::Rng;

#[test]
fn agrees_with_search() {
    let mut rng = rand::thread_rng();
    let points: Vec<(f64, f64)> = (0..500).map(|_| (rng.gen_range(-50.0..50.0), rng.gen_range(-50.0..50.0))).collect();
    let mut grid = Grid::new(3.0);
    for (i, &(x, y)) in points.iter().enumerate() {
        grid.insert(x, y, i);
    }
    for _ in 0..200 {
        let (x, y) = (rng.gen_range(-60.0..60.0), rng.gen_range(-60.0..60.0));
        let d = |&(a, b): &(f64, f64)| (a - x).hypot(b - y);
        let found = *grid.nearest(x, y).unwrap();
        let best = points.iter().map(d).fold(f64::MAX, f64::min);
        assert!((d(&points[found]) - best).abs() < 1e-9);
    }
}
