// Synthetic, inert fixture written from public reports
/// The address as a picture in SVG.
pub fn picture(address: &str) -> Result<String, String> {
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(|e| e.to_string())?;
    Ok(code.render::<qrcode::render::svg::Color>().min_dimensions(200, 200).build())
}
