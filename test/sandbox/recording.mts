/** Samples a second. */
const RATE = 8000;

/** A real audio file that is tiny: a quarter of a second of a tone, WAV, 8 bits, mono. */
export function toneWav(hertz = 440): Buffer {
	const samples = RATE / 4;
	const file = Buffer.alloc(44 + samples);
	file.write('RIFF', 0);
	file.writeUInt32LE(36 + samples, 4);
	file.write('WAVEfmt ', 8);
	// Size of the format, PCM, one channel, samples and bytes a second, bytes and bits a sample.
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(RATE, 24);
	file.writeUInt32LE(RATE, 28);
	file.writeUInt16LE(1, 32);
	file.writeUInt16LE(8, 34);
	file.write('data', 36);
	file.writeUInt32LE(samples, 40);
	for (let index = 0; index < samples; index++) {
		const value = 128 + 100 * Math.sin((2 * Math.PI * hertz * index) / RATE);
		file.writeUInt8(Math.round(value), 44 + index);
	}
	return file;
}
