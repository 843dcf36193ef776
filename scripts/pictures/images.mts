import sharp from 'sharp';

/** Writes a screenshot as a small PNG: a palette is enough for what an editor shows. */
export async function savePicture(file: string, picture: Buffer): Promise<void> {
	await sharp(picture).png({ palette: true, quality: 100, dither: 0, effort: 10 }).toFile(file);
}

/** Writes an SVG as a PNG of twice its size, which GitHub and npm show alike. */
export async function saveDrawing(file: string, svg: string): Promise<void> {
	await savePicture(file, await sharp(Buffer.from(svg), { density: 144 }).png().toBuffer());
}

/** One picture of an animation. */
export interface Frame {
	/** PNG or JPEG. */
	picture: Buffer;
	/** For how long it shows, in ms. */
	duration: number;
	/** The part of it that shows; of the same size in all. */
	view: Region;
}

/** A part of a picture, in px. */
export type Region = Record<'left' | 'top' | 'width' | 'height', number>;

/** Writes an animated WebP that repeats forever. */
export async function saveAnimation(file: string, frames: Frame[]): Promise<void> {
	const pictures = await Promise.all(
		frames.map(async ({ picture, view }) => await sharp(picture).extract(view).png().toBuffer()),
	);
	await sharp(pictures, { join: { animated: true } })
		.webp({
			delay: frames.map(({ duration }) => Math.round(duration)),
			loop: 0,
			quality: 75,
			effort: 6,
			minSize: true,
			mixed: true,
		})
		.toFile(file);
}
