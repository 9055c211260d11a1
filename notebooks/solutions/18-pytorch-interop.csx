// exercise: exercise-1
double? place = 8 + 600 + 4096;
Check.Exercise("first byte of the tensor", 4704, place, 0, "length, header, position")

// exercise: exercise-2
double? calls = PickleListing.OfCheckpoint(At("net.pth"), most: 10_000).Lines.Count(l => l.Contains(" REDUCE "));
Check.Exercise("calls in the pickle", 29, calls, 0, "2 · 14 + 1")

// exercise: exercise-3
var zipped = File.ReadAllBytes(At("net.pth"));
int[] places = [.. Enumerable.Range(0, zipped.Length / 16).Select(i => 16 * i)];
double? refused = places.Average(at => Answer(Flip(zipped, at), ReadPth) == "accepted" ? 0.0 : 1.0);
Check.Exercise("share of the flips that the .pth reader refuses", 0.9, refused, 0.1, "all but those in padding")

// exercise: exercise-4
var half = new DcganGenerator(noise: 32, width: 16).LoadTensors(PyTorchCheckpoint.Read(file, "generator"));
half.to(bfloat16);
half.save_safetensors(At("half.safetensors"));
var again = new DcganGenerator(noise: 32, width: 16).load_safetensors(At("half.safetensors"));
again.eval();
double? change = Apart(again.call(noise).detach(), theirs);
Check.Exercise("largest change of a pixel", 0.1, change, 0.1, "weights change by up to 0.4 per cent, edges of strokes are steep")
