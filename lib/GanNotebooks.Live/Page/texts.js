/* The sentences of the page: layers, numbers, settings, keys. One fact a sentence. */

export const fieldTexts = {
  d: "D(x) is D's estimate of the probability that a point x is data and not a fake. Its colours always go from 0 to 1, with 1/2 in the neutral colour.",
  dstar: "D* = p / (p + q) is the best discriminator against the present generator. No training of D can beat it.",
  error: "|D − D*| is how far D's answer is from the best one at each point. It is 0 where D has caught up with G.",
  p: "p is the density of the data. It does not change while the players learn.",
  q: "q is the density of the generator's samples, on the scale of p. Where q is estimated from samples, it is a little smoother than the truth.",
  none: "No field: only points, grid and arrows.",
};

export const layerTexts = {
  data: { title: "data", text: "Circles are a fixed draw from the data. D sees fresh data in each step." },
  samples: { title: "samples of G", text: "Diamonds are G(z) for the same z in all pictures. A sample therefore moves as G changes." },
  warp: { title: "G as a warped grid", text: "The lines are a grid of z after G. Each cell holds the same share of the samples, so small cells are dense." },
  saturating: { title: "saturating", text: "Where log(1 − D) would push each sample. The push fades where D is sure that the sample is a fake." },
  nonSaturating: { title: "non-saturating", text: "Where −log D would push each sample. The push is strong where D is sure that the sample is a fake." },
  chosen: { title: "the chosen loss", text: "Where the loss of this run pushes each sample. The arrows are minus the gradient of G's loss by the sample." },
};

/** Help for the numbers: what it is, its bounds, what it cannot say. */
export const numberTexts = {
  value: "V(D, G) is the value of the game: the mean of log D(x) on data plus the mean of log(1 − D(x)) on fakes. It is −log 4 = −1.386 when D answers 1/2 everywhere. It cannot say who is better: a weak D and a good G give the same value.",
  criterion: "C(G) is the value against the best discriminator, V(D*, G) = −log 4 + 2 JSD. Its floor is −log 4 = −1.386, for q = p. Its ceiling is 0. It judges G alone, but it cannot say which modes are missing.",
  jsd: "JSD is the Jensen–Shannon divergence of data and generator, in nats. It is 0 for q = p, and log 2 = 0.693 where they do not overlap. A perfect generator shows the sampling floor, not 0, where q is known from samples only.",
  gap: "C − V is what D loses against the best discriminator. It is 0 for D = D*, and never negative but for sampling error. A large gap says that D is too weak or too slow, and nothing on G.",
  captured: "A mode counts as captured when enough samples fall near it. The bars are the shares of the samples, the lines the shares of the data. The count cannot say whether a mode has its right shape.",
  highQuality: "The share of samples within three standard deviations of a mode. Perfect samples reach the ceiling, not 100 %. A generator that makes a single mode can reach it too.",
  reverseKL: "Reverse KL compares the shares of the modes with those of the data. It is 0 for equal shares; a perfect sampler shows the floor. It cannot see the shape within a mode.",
  opinion: "The mean of D on data and on fakes. At the equilibrium both are 1/2. Both are 1/2 as well when D has learnt nothing.",
  accuracy: "The share of the batch that D judges rightly. It is 1/2 at the equilibrium. A value near 1 says that D is far ahead.",
  losses: "Loss curves cannot say whether the samples are good. Each player's loss depends on the other player. At the equilibrium of the logistic losses D has 2 log 2 = 1.386 and G log 2 = 0.693, but a run that has dropped modes can show the same numbers.",
  gradients: "The lengths of the gradients of both players by their parameters. A gradient of G near 0 with poor samples is a vanished gradient. The length cannot say whether the direction is good.",
  penalty: "The value of the gradient penalty in D's loss. It is 0 without one. It cannot say whether its weight is right.",
  jacobian: "The eigenvalues of the Jacobian of the game's vector field at the present parameters. Left of the vertical line a direction is damped; a large imaginary part is a rotation. They describe small steps near this point only.",
  map: "The eigenvalues of one step of simultaneous gradient descent at the present rates. Inside the unit circle a direction shrinks, outside it grows. They leave out momentum and the noise of the batches.",
};

/** What a setting does, by the end of its name. */
export const settingTexts = {
  Target: "The distribution that G has to learn.",
  Seed: "The seed of weights, data and noise. The same seed gives the same run.",
  Loss: "What both players minimise.",
  Order: "In turn: G answers the new D. At once: both use the parameters before the step.",
  DiscriminatorSteps: "k: updates of D before each update of G.",
  BatchSize: "Samples of data, and of fakes, in one update.",
  LearningRate: "The size of a step. A large rate is fast and unstable.",
  Beta1: "Momentum of Adam. GANs often learn better with less than 0.9.",
  Beta2: "How long Adam remembers the size of gradients.",
  Momentum: "How much of the last step is kept.",
  Penalty: "Bounds the slope of D, so that the players settle.",
  Gamma: "Weight of the penalty.",
  InstanceNoise: "Noise on all inputs of D. It makes data and fakes overlap.",
  Packing: "D judges several samples at once, and so sees missing variety.",
  AverageHalfLife: "Samples come from a moving average of G's weights. 0: no average.",
  WeightClip: "Bound of D's weights. 0: no bound.",
  UnrolledSteps: "Updates of D that G looks ahead.",
  ConsensusWeight: "Weight of consensus optimisation.",
  Generator: "Widths of the hidden layers, and the activation. Another shape begins with new weights.",
  Discriminator: "Widths of the hidden layers, and the activation. Another shape begins with new weights.",
  GeneratorOptimizer: "How G follows its gradient.",
  DiscriminatorOptimizer: "How D follows its gradient.",
  OnReal: "Weight of the penalty on D's slope at data.",
  OnFake: "Weight of the penalty on D's slope at samples.",
  Weight: "Weight of the penalty.",
  Steps: "The last step of the run. Falling rates fall along it.",
  FinalLearningRate: "Share of the rates that is left at the last step. 1 keeps them constant.",
  NoiseDimension: "Numbers in one z.",
  Noise: "The distribution of z.",
};

export const keyTexts = [
  ["Space", "play or pause"], ["D", "one update of D"], ["G", "one update of G"], ["B", "one step of both"],
  ["← →", "one step back or forward on the time line"], ["Page ↑ ↓", "to the mark after or before"],
  ["U", "undo: back to before the last change"], ["F", "fork: compare with a copy from this step"], ["C", "compare, or end the comparison"],
  ["X", "controls change the other run"], ["S", "slow motion: the next phase of an update"], ["R", "start again with the same seed"],
  ["N", "start again with a new seed"], ["K", "keep this run in the table"], ["P", "presets"], ["T", "light or dark"], ["?", "this help"],
];
